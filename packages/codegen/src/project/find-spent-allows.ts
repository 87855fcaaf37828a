import type { Diagnostic } from '../diagnostic.ts'
import type { ContractConfig } from '../load/load-config.ts'
import type { ProjectChange } from './outcome.ts'

/**
 * Finds what a config lets pass although no change is left that it is for: it would let the next one of that name pass too,
 * unseen.
 *
 * @param file of the config.
 * @param changes since the last release.
 */
export function findSpentAllows(
  file: string,
  contracts: readonly ContractConfig[],
  changes: readonly ProjectChange[],
): readonly Diagnostic[] {
  return contracts.flatMap(({ name, config: { allow = {} } }) => {
    const own = new Set(changes.filter(({ contract }) => contract === name).map(({ id }) => id))
    const spent = Object.keys(allow).filter((id) => !own.has(id))
    return spent.map((id) => {
      const message = `allow has "${id}", which no change has any more. Remove it, or it lets the next such change pass too.`
      return { file, message, ...(name !== undefined && { contracts: [name] }) }
    })
  })
}
