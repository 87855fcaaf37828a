import type { HelloRequest, HelloResponse } from '@wsrv/protocol'
import type { ChangesSince, ContractHashes } from '@wsrv/schema'
import { SERVER_NAME } from '../version.ts'

/** What a server says of itself. */
export interface HelloFacts {
  /** Of its contract; `undefined` when the contract was written by hand. */
  readonly hashes: ContractHashes | undefined
  /** What changed since earlier contracts, by their hashes. */
  readonly changedSince: ReadonlyMap<string, ChangesSince>
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
  { hashes, changedSince, ...limits }: HelloFacts,
): HelloResponse {
  const hello = { server: SERVER_NAME, ...limits, cancel: true }
  if (hashes === undefined) return hello
  const { contract } = client
  if (contract === undefined || contract === hashes.hash || session.knowsHashes) {
    return { ...hello, contract: hashes.hash }
  }
  session.knowsHashes = true
  const changes = changedSince.get(contract)
  return { ...hello, contract: hashes.hash, commands: hashes.commands, ...(changes && { changes }) }
}
