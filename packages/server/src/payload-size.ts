import type { Payload } from '@wsrv/protocol'

/** Size of a payload on the wire, in bytes; of none 0. */
export function sizeOf(payload: Payload = ''): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
}
