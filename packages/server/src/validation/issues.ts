import { describe } from '@wsrv/protocol'

/** What a 400 says of data that does not match its schema. PROTOCOL.md §Bad input. */
export interface IssueReport {
  /** The first issues, as many as the limit allows. */
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

/** A failed keyword as the validator reports it. */
export interface FailedKeyword {
  readonly keyword: string
  readonly instancePath: string
  readonly schemaPath: string
  readonly params: object
  readonly message: string
}

/** Puts failed keywords into words; the property that is missing or not known gets the issue, not its object. */
export function describeIssues(failed: readonly FailedKeyword[], data: unknown, maxIssues: number): IssueReport {
  const issues = failed.flatMap((one) => toIssues(one, data))
  return { issues: issues.slice(0, maxIssues), total: issues.length }
}

/** One line for the author of a server: `/uid must be integer, got "x"`. */
export function summarizeIssues({ issues, total }: IssueReport): string {
  const [first] = issues
  if (first === undefined) return 'does not match its schema'
  const rest = total > 1 ? ` (and ${total - 1} more)` : ''
  return `${first.path === '' ? 'data' : first.path} ${first.message}${rest}`
}

function toIssues(failed: FailedKeyword, data: unknown): readonly Issue[] {
  const path = failed.instancePath
  const params = failed.params as Readonly<Record<string, unknown>>
  const at = (name: string): string => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  switch (failed.keyword) {
    case 'required':
      return names(params['requiredProperties']).map((name) => ({
        path: at(name),
        message: 'is required, got nothing',
      }))
    case 'additionalProperties':
      return names(params['additionalProperties']).map((name) => ({
        path: at(name),
        message: 'is not a known property',
      }))
    case 'boolean':
      // Says again, once a property, what `additionalProperties` says.
      return []
    default:
      return [{ path, message: `${expectation(failed, params)}, got ${describe(valueAt(data, path))}` }]
  }
}

function expectation(failed: FailedKeyword, params: Readonly<Record<string, unknown>>): string {
  if (failed.keyword === 'const') return `must be ${describe(params['allowedValue'])}`
  if (failed.keyword === 'enum')
    return `must be one of ${(params['allowedValues'] as unknown[]).map(describe).join(', ')}`
  if (failed.keyword === 'anyOf') return 'must match one of its alternatives'
  if (failed.keyword === 'oneOf') return 'must match exactly one of its alternatives'
  return failed.message
}

function names(value: unknown): readonly string[] {
  return value as readonly string[]
}

function valueAt(data: unknown, path: string): unknown {
  let value = data
  for (const step of path.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string, unknown>>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return value
}
