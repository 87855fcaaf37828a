import { describe } from '@wsrv/protocol'
import { isObject, type Options } from './check-client.ts'

/** A change that `wsrv diff` lets pass, as it was when it was judged; no other change of that place passes by it. */
export interface AllowedChange {
  /** Id of the change, or of the place in a shared type, which covers each command that uses it: `type Page#/limit`. */
  readonly change: string
  readonly severity: 'BREAKING' | 'REVIEW'
  /** How it was, as `wsrv diff` says it. */
  readonly before: string
  /** How it is now. */
  readonly after: string
  /** The release that brings it. Once the contract is of another `version` and the change is gone, the entry is reported. */
  readonly release: string
  /** Why it may pass. */
  readonly reason: string
}

const SEVERITIES: readonly unknown[] = ['BREAKING', 'REVIEW'] satisfies AllowedChange['severity'][]
const KEYS = ['change', 'severity', 'before', 'after', 'release', 'reason'] as const

/** Says what is wrong with the option `allow`. */
export function checkAllow(place: string, allow: unknown = []): readonly string[] {
  const expected = `Expected [{ ${KEYS.join(', ')} }, …], as \`wsrv diff --allow\` writes it.`
  if (!Array.isArray(allow)) return [`${place} is ${describe(allow)}. ${expected}`]
  return allow.flatMap((entry: unknown, index) => {
    const at = `${place}[${index}]`
    return isObject(entry) ? checkEntry(at, entry, expected) : [`${at} is ${describe(entry)}. ${expected}`]
  })
}

function checkEntry(at: string, entry: Options, expected: string): readonly string[] {
  const unknown = Object.keys(entry).filter((key) => !(KEYS as readonly string[]).includes(key))
  const { severity } = entry
  return [
    ...unknown.map((key) => `${at} has "${key}", which is not an option. ${expected}`),
    ...KEYS.flatMap((key) => {
      const value = entry[key]
      if (typeof value === 'string' && value.trim() !== '') return []
      return [`${at}.${key} is ${describe(value)}. Expected a text.`]
    }),
    ...(SEVERITIES.includes(severity) || typeof severity !== 'string'
      ? []
      : [`${at}.severity is "${severity}". Expected BREAKING or REVIEW.`]),
  ]
}
