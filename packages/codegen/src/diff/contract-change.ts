/**
 * Whether deployed peers survive a change.
 *
 * - `BREAKING`: clients that are out there fail, whatever is deployed in which order.
 * - `REVIEW`: only a person can tell, or deployed servers fail clients that are deployed before the new servers.
 * - `SAFE`: everything that worked works.
 */
export type Severity = 'BREAKING' | 'REVIEW' | 'SAFE'

/** A peer that was deployed before the change, and breaks with it. */
export type AffectedPeer = 'deployed client' | 'deployed server'

/** One difference between two versions of a contract. */
export interface ContractChange {
  /** Stable name of this very change, to allow it by: `chat.send#/request/limit`. */
  readonly id: string
  readonly severity: Severity
  /** Where it comes from a type that commands share: the place in it, to allow it everywhere by: `type Page#/limit`. */
  readonly sharedType?: string
  /** The command or push. */
  readonly cmd: string
  /** What in it changed, as a JSON Pointer: `/request/limit`; empty for the command itself. */
  readonly path: string
  /** How it was, in a few words. */
  readonly before: string
  /** How it is now. */
  readonly after: string
  /** Empty when the change is SAFE. */
  readonly breaks: readonly AffectedPeer[]
  /** What happens to them, and what to do instead. Empty when the change is SAFE. */
  readonly suggestion: string
  /** Said where clients that use what is new fail at servers that were deployed before it. */
  readonly deployFirst?: 'servers'
}

/** Sorts changes by how bad they are, then by name. */
export function sortChanges<Change extends ContractChange>(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((one, other) => {
    const bySeverity = ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity)
    if (bySeverity !== 0) return bySeverity
    return one.id < other.id ? -1 : 1
  })
}

const ORDER: readonly Severity[] = ['BREAKING', 'REVIEW', 'SAFE']
