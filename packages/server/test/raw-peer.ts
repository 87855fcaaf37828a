/** The raw peer under the names that these tests use. */
export { connectRaw as connect, RawPeer, statusOfRefusal as refusal } from '@wsrv/testing'
