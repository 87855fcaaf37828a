import type { HelloRequest, HelloResponse } from '@wsrv/protocol'
import type { ContractHashes } from '@wsrv/schema'
import { SERVER_NAME } from '../version.ts'

/** What a server says of itself. */
export interface HelloFacts {
  /** Of its contract; `undefined` when the contract was written by hand. */
  readonly hashes: ContractHashes | undefined
  readonly heartbeatTimeoutMs: number
  readonly maxMessageBytes: number
  readonly maxInFlight: number
}

/**
 * Answers a client's `$hello`: the server's name, its limits, and what differs when the client has another contract; that once, because
 * it may be long and a client may ask for ever. PROTOCOL.md §$hello.
 */
export function answerHello(
  session: { knowsHashes: boolean },
  client: HelloRequest,
  { hashes, ...limits }: HelloFacts,
): HelloResponse {
  const hello = { server: SERVER_NAME, ...limits, cancel: true }
  if (hashes === undefined) return hello
  const isSame = client.contract === undefined || client.contract === hashes.hash
  if (isSame || session.knowsHashes) return { ...hello, contract: hashes.hash }
  session.knowsHashes = true
  return { ...hello, contract: hashes.hash, commands: hashes.commands }
}
