import type { SearchCost } from '@wsrv/protocol'
import { type BuiltContract, type ContractProblem, type Place, schemaParts, typeNameOf } from '@wsrv/schema'

/** What a contract's schemas would cost a server that checks data with them. */
export interface Lint {
  /** What a client could stop a server with. */
  readonly problems: readonly ContractProblem[]
  /** What costs so much that the server's own bound refuses data which the schema accepts. */
  readonly warnings: readonly ContractProblem[]
}

/** A {@link Lint} of a whole contract. */
export interface ContractLint extends Lint {
  /** What searches cost, by pattern, where a server would guess otherwise; `undefined` when it guesses all. */
  readonly patterns: Readonly<Record<string, SearchCost>> | undefined
}

/** A schema of a contract with its place. */
export interface LintedSchema {
  readonly schema: object
  /** How messages name it: `request.name`. */
  readonly path: string
  readonly place: Place
  /** Whether a client sends what it checks. */
  readonly isSent: boolean
}

/** The named types that some schemas refer to, through others too. */
export function namesIn(schemas: readonly object[], types: BuiltContract['contract']['types']): ReadonlySet<string> {
  const names = new Set<string>()
  const waiting = [...schemas]
  for (const schema of waiting) {
    waiting.push(...schemaParts(schema).map((part) => part.schema))
    const name = '$ref' in schema ? typeNameOf(String(schema.$ref)) : undefined
    const type = name === undefined || names.has(name) ? undefined : types[name]
    if (name === undefined || type === undefined) continue
    names.add(name)
    waiting.push(type)
  }
  return names
}
