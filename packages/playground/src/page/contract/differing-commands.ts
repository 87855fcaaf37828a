import type { HelloResponse } from '@wsrv/protocol'
import type { ContractHashes } from '@wsrv/schema'

/**
 * Which commands and pushes of this contract the server has otherwise or not at all. PROTOCOL.md §$hello.
 *
 * @returns `undefined` when both sides mean the same contract, or it is not known.
 */
export function differingCommands(
  hashes: ContractHashes | undefined,
  hello: HelloResponse | undefined,
): readonly string[] | undefined {
  if (hashes === undefined || hello?.contract === undefined || hello.contract === hashes.hash) return undefined
  const theirs = new Map(Object.entries(hello.commands ?? {}))
  return Object.entries(hashes.commands)
    .filter(([cmd, hash]) => theirs.get(cmd) !== hash)
    .map(([cmd]) => cmd)
}
