import type { ChangesSince, Contract, ContractHashes } from '@wsrv/schema'
import { compareContracts } from './compare-contracts.ts'

/** A contract with its hashes. */
export interface HashedContract {
  readonly contract: Contract
  readonly hashes: ContractHashes
}

/**
 * What changed since a released contract and concerns clients that were generated from it, by command and push: what a
 * server tells them at run time. The verdict is that of the worst change. Members with equal hashes are not looked at.
 */
export function findChangesSince(released: HashedContract, current: HashedContract): ChangesSince {
  const differs = ({ cmd }: { readonly cmd: string }): boolean =>
    released.hashes.commands[cmd] !== current.hashes.commands[cmd]
  const onlyDiffering = (contract: Contract): Contract => ({
    ...contract,
    commands: contract.commands.filter(differs),
    pushes: contract.pushes.filter(differs),
  })
  const found = new Map<string, ChangesSince[string]>()
  for (const { cmd, severity, breaks } of compareContracts(
    onlyDiffering(released.contract),
    onlyDiffering(current.contract),
  )) {
    if (!breaks.includes('deployed client') || found.get(cmd) === 'breaking') continue
    found.set(cmd, severity === 'BREAKING' ? 'breaking' : 'review')
  }
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)))
}
