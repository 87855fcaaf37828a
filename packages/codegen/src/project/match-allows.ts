import type { AllowedChange } from '../config/allowed-change.ts'
import type { Config } from '../config/config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { ContractChange } from '../diff/contract-change.ts'
import type { ContractConfig } from '../load/load-config.ts'
import type { ProjectChange } from './outcome.ts'

/** Whether an entry of `allow` is for this very change, or for the place in a shared type that it comes from. */
export function isFor(entry: AllowedChange, change: ContractChange): boolean {
  const { severity, before, after } = change
  return isNamed(entry, change) && entry.severity === severity && entry.before === before && entry.after === after
}

function isNamed({ change: name }: AllowedChange, { id, sharedType }: ContractChange): boolean {
  return name === id || name === sharedType
}

/** An entry of `allow` that lets nothing pass any more, and what to say about it. */
export interface UnusedAllow {
  readonly entry: AllowedChange
  readonly warning: Diagnostic
}

/**
 * Finds entries of `allow` that let nothing pass any more.
 *
 * One is stale where its place has changed in another way since. One is spent where its place has not changed: since the
 * last release, or, where an older version is compared, once the contract is of another version than the one it was for.
 *
 * @param file of the config.
 * @param isSinceRelease whether `changes` are all since the last release.
 */
export function findUnusedAllows(
  file: string,
  contracts: readonly ContractConfig[],
  { changes, isSinceRelease }: { readonly changes: readonly ProjectChange[]; readonly isSinceRelease: boolean },
): readonly UnusedAllow[] {
  return contracts.flatMap(({ name, config }) => {
    const own = changes.filter(({ contract, severity }) => contract === name && severity !== 'SAFE')
    const unused = (config.allow ?? []).filter((entry) => !own.some((change) => isFor(entry, change)))
    return unused.flatMap((entry) => {
      const message = wrongOf(entry, own) ?? (isSinceRelease || isPast(entry, config) ? spent(entry) : undefined)
      const warning = { file, message: message ?? '', ...(name !== undefined && { contracts: [name] }) }
      return message === undefined ? [] : [{ entry, warning }]
    })
  })
}

function isPast({ release }: AllowedChange, { version = release }: Config): boolean {
  return release !== version
}

function wrongOf(entry: AllowedChange, changes: readonly ContractChange[]): string | undefined {
  const now = changes.filter((change) => isNamed(entry, change))
  if (now.length === 0) return undefined
  const texts = [...new Set(now.map(textOf))].join(', and ')
  return `allow has "${entry.change}" for ${textOf(entry)}, which is now ${texts}. Judge it again: wsrv diff --allow '${entry.change}'.`
}

function textOf({ severity, before, after }: Pick<ContractChange, 'severity' | 'before' | 'after'>): string {
  return `${severity} ${before} → ${after}`
}

function spent({ change, release }: AllowedChange): string {
  return `allow has "${change}" for release ${release}, which no change has any more. Remove it.`
}
