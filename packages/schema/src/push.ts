import type { JsonSchema } from './json-schema.ts'

/**
 * How a push is declared. PROTOCOL.md §Push.
 *
 * It has no `renamedFrom`: a request's old name can be answered, because the caller says which it means; a push has one name
 * on the wire, and its sender cannot ask the receiver. To rename one, declare the new push beside the old, send both, and
 * mark the old `deprecated` until the clients that wait for it are gone.
 */
export interface PushSpec {
  /** What happened when it comes; flows into everything generated. */
  readonly description?: string
  /** Name on the wire; the export's name in snake_case when left out. May not begin with `$`. */
  readonly cmd?: string
  /** The push's `data`; an empty object when left out. */
  readonly data?: JsonSchema
  /** What becomes of it behind a reader that is too slow; `close` when left out. */
  readonly whenSlow?: WhenSlow
  /** With `latest`: the property of `data` whose values are kept apart, such as `symbol`. Left out, only the newest of all is kept. */
  readonly coalesceBy?: string
  /**
   * The `cmd` of the command that fetches the whole of what this push tells changes of: clients that missed pushes are offered its answer.
   * It may require no field. None when left out.
   */
  readonly snapshot?: string
  /** Why not to use it any more, and what to use; flows into docs and editors, and a client warns at its first subscription. */
  readonly deprecated?: string
}

/**
 * What becomes of a push that waits behind a reader that is too slow. PROTOCOL.md §Slow readers.
 *
 * - `close`: it is kept; when too much waits, the connection ends with 4429.
 * - `drop_oldest`: the oldest that wait give way when too much waits.
 * - `latest`: only the newest waits, of each value of `coalesceBy` when that is declared.
 */
export type WhenSlow = 'close' | 'drop_oldest' | 'latest'

/** A declared push: what a schema file exports. */
export interface PushDefinition {
  readonly kind: 'push'
  readonly spec: PushSpec
}

/** Declares a push: a message that the server sends without being asked. */
export function push(spec: PushSpec): PushDefinition {
  return { kind: 'push', spec }
}
