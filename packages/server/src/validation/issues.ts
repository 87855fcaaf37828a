import { describe, MAX_DEFAULTS } from '@wsrv/protocol'

/** What a 400 says of data that does not match its schema. PROTOCOL.md §Bad input. */
export interface IssueReport {
  /** The first issues, as many as the limits allow. */
  readonly issues: readonly Issue[]
  /** How many there are; at least this many when counting stopped. */
  readonly total: number
}

/** One place where data does not match. */
export interface Issue {
  /** JSON Pointer into the data; `''` is the data itself. RFC 6901. */
  readonly path: string
  /** What was expected and what came. */
  readonly message: string
}

/** Data that costs more to check than a request may. PROTOCOL.md §Limits, `MAX_CHECK_STEPS`. */
export const TOO_DEAR: Issue = {
  path: '',
  message: 'must cost less to check: it is too large for what its schema asks',
}

/** Data that was searched as far as a search may go. PROTOCOL.md §Limits, `MAX_SEARCH_STEPS`. */
export const TOO_LARGE: Issue = {
  path: '',
  message: 'must match its schema; it is too large to say where it does not',
}

/** Data into which too much would have to be filled. PROTOCOL.md §Limits, `MAX_DEFAULTS`. */
export const TOO_MANY_DEFAULTS: IssueReport = {
  issues: [{ path: '', message: `must lack at most ${MAX_DEFAULTS} values that have a default` }],
  total: 1,
}

/** Data that fails a keyword which no search explains. */
export const MISMATCH: Issue = { path: '', message: 'must match its schema' }

/** One line for the author of a server: `/uid must be integer, got "x"`. */
export function summarizeIssues({ issues, total }: IssueReport): string {
  const [first] = issues
  if (first === undefined) return 'does not match its schema'
  const rest = total > 1 ? ` (and ${total - 1} more)` : ''
  return `${first.path === '' ? 'data' : first.path} ${first.message}${rest}`
}

/**
 * Makes an issue of bounded size: a path that is too long ends at the last object or array that still fits, and the message says
 * where it went on.
 */
export function createIssue(path: readonly string[], message: string): Issue {
  let pointer = ''
  for (const [depth, step] of path.entries()) {
    const next = `${pointer}/${escapeStep(step.slice(0, MAX_PATH_CHARS + 1))}`
    if (next.length > MAX_PATH_CHARS) {
      const inside = path.length - depth > 1 ? `, ${path.length - depth - 1} levels below` : ''
      return { path: pointer, message: `at ${describe(step)}${inside}: ${shorten(message)}` }
    }
    pointer = next
  }
  return { path: pointer, message: shorten(message) }
}

/** Names a few of many values: `"a", "b" or 98 more`. */
export function listValues(values: readonly unknown[]): string {
  const named = values.slice(0, MAX_LISTED_VALUES).map(describe).join(', ')
  return values.length > MAX_LISTED_VALUES ? `${named} or ${values.length - MAX_LISTED_VALUES} more` : named
}

/** One step of a JSON pointer. RFC 6901 §3. */
export function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_CHARS ? message : `${message.slice(0, MAX_MESSAGE_CHARS)}…`
}

/** Longer than any path that a person reads; a key may be as long as a message. */
const MAX_PATH_CHARS = 512

/** Holds what was expected and what came, even for a long pattern. */
const MAX_MESSAGE_CHARS = 300

/** As many as one reads; an enum may have thousands. */
const MAX_LISTED_VALUES = 20
