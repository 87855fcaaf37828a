import type { Contract } from '@wsrv/schema'
import type { Diagnostic } from '../diagnostic.ts'
import { compareContracts } from '../diff/compare-contracts.ts'
import type { ContractConfig } from '../load/load-config.ts'
import type { NamedContracts } from '../load/lock-file.ts'
import { isFor } from './match-allows.ts'
import type { ProjectChange } from './outcome.ts'
import { type Failure, wrongRequest } from './outcome.ts'

/** What differs between all contracts of a project and those that were released. */
export interface Comparison {
  readonly changes: readonly ProjectChange[]
  /** Contracts that are gone. */
  readonly problems: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
}

/** What is compared with what. */
export interface Versions {
  readonly released: NamedContracts
  readonly current: NamedContracts
  /** Where `released` is from, for messages. */
  readonly source: string
  /** Whether `current` is all that the config holds. */
  readonly isWhole: boolean
}

const NOTHING: Contract = { commands: [], pushes: [], types: {} }

/** Compares contracts by their names. One that was never released is new; one that is gone is a problem. */
export function compareReleased(versions: Versions, contracts: readonly ContractConfig[]): Comparison | Failure {
  const { released, current, source, isWhole } = versions
  const mismatch = findMismatch(versions)
  if (mismatch !== undefined) return wrongRequest([{ file: source, message: mismatch }])
  const nameless = released.get(undefined)
  const changes = contracts.flatMap(({ name, config: { allow = [] } }) => {
    const after = current.get(name) ?? NOTHING
    const before = released.get(name) ?? nameless ?? NOTHING
    return compareContracts(before, after).map((change): ProjectChange => {
      const allowed = allow.find((entry) => isFor(entry, change))?.reason
      return { ...change, ...(name !== undefined && { contract: name }), ...(allowed !== undefined && { allowed }) }
    })
  })
  const fresh = [...current.keys()].filter((name) => !released.has(name) && nameless === undefined)
  const gone = isWhole ? [...released.keys()].filter((name) => name !== undefined && !current.has(name)) : []
  return {
    changes,
    problems: gone.map((name) => ({ file: source, message: goneMessage(name) })),
    warnings: fresh.map((name) => ({ file: source, message: `it has no contract "${name}": all of that is new.` })),
  }
}

/** A single contract, which has no name, and several that have cannot be told apart. */
function findMismatch({ released, current }: Versions): string | undefined {
  const names = (contracts: NamedContracts): string => [...contracts.keys()].join(', ')
  if (current.has(undefined) && !released.has(undefined)) {
    return `it holds the contracts ${names(released)}, the config one without a name. Expected the same on both sides.`
  }
  if (released.has(undefined) && current.size > 1) {
    const advice = 'Compare one of them with it, `--contract <name>`, or run `wsrv lock` at the next release.'
    return `it holds one contract without a name, the config ${names(current)}. ${advice}`
  }
  return undefined
}

function goneMessage(name = ''): string {
  return `it has the contract "${name}", which the config lacks: every command of it is gone. Bring it back, or \`wsrv lock\` once no client uses it any more.`
}
