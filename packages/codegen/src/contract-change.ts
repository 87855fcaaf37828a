/** Whether deployed peers survive a change: they do not, they do, or only a person can tell. */
export type Severity = 'BREAKING' | 'REVIEW' | 'SAFE'

/** Who was deployed before the change, and breaks with it. */
export type Casualty = 'deployed client' | 'deployed server'

/** One difference between two versions of a contract. */
export interface ContractChange {
  /** Stable name of this very change, to allow it by: `chat.send#/request/limit`. */
  readonly id: string
  readonly severity: Severity
  /** The command or push. */
  readonly cmd: string
  /** What in it changed, as a JSON Pointer: `/request/limit`; empty for the command itself. */
  readonly path: string
  /** How it was, in a few words. */
  readonly before: string
  /** How it is now. */
  readonly after: string
  /** Empty when the change is SAFE. */
  readonly breaks: readonly Casualty[]
  /** What happens to them, and what to do instead. Empty when the change is SAFE. */
  readonly suggestion: string
}

/** Sorts changes by how bad they are, then by name. */
export function sortChanges(changes: readonly ContractChange[]): readonly ContractChange[] {
  return [...changes].sort((one, other) => {
    const bySeverity = ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity)
    if (bySeverity !== 0) return bySeverity
    return one.id < other.id ? -1 : 1
  })
}

const ORDER: readonly Severity[] = ['BREAKING', 'REVIEW', 'SAFE']
