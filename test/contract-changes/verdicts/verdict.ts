import type { Severity } from '@wsrv/codegen'
import type { Schema } from '../oracle/schemas.ts'

/** The worst that is said of a change; `none` where nothing is. */
export type Worst = Severity | 'none'

/** A change of a schema, with what it is where a client sends it and where a server answers it. */
export interface Verdict {
  readonly before: Schema
  readonly after: Schema
  readonly types?: Readonly<Record<string, Schema>>
  readonly request: Worst
  readonly response: Worst
}
