import type { Contract, JsonSchema } from '@wsrv/schema'
import { createDefaultsFiller } from './defaults.ts'
import { type IssueReport, TOO_MANY_DEFAULTS } from './issues.ts'
import { SchemaCheck } from './validation.ts'

/**
 * What a server would object to in a request's data, in the words of its 400; nothing is wrong when `total` is 0. Defaults are
 * filled in first, as a server does; `data` itself stays as it is. PROTOCOL.md §Bad input.
 *
 * @param types what `#/$defs/…` in the schema refers to.
 */
export function explainRequest(schema: JsonSchema, data: unknown, types: Contract['types']): IssueReport {
  const filled = structuredClone(data)
  if (createDefaultsFiller(schema, types)?.(filled) === false) return TOO_MANY_DEFAULTS
  const check = new SchemaCheck(schema, types)
  return check.accepts(filled) ? { issues: [], total: 0 } : check.issues(filled, MAX_ISSUES)
}

/** More do not help a person who reads them. */
const MAX_ISSUES = 20
