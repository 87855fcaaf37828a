import type { ContractChange } from '@wsrv/codegen'

/**
 * A change of a contract, what `wsrv diff` says about it, and what it does to a client that was generated before it.
 *
 * The contracts have one command `act` and one push `news`, unless a case is about something else.
 */
export interface ChangeCase {
  /** What the schema file exported before the change. */
  readonly before: Readonly<Record<string, unknown>>
  /** What it exported when the client was deployed, where that was before `before`. Default `before`. */
  readonly deployed?: Readonly<Record<string, unknown>>
  /** What it exports now. */
  readonly after: Readonly<Record<string, unknown>>
  /** The changes that are found, each as `SEVERITY id`. */
  readonly found: readonly `${ContractChange['severity']} ${string}`[]
  /** What the deployed client sends to `act`. Default `{}`. */
  readonly sent?: unknown
  /** What the new server answers. Default `{}`. */
  readonly answer?: unknown
  /** The error that the new server answers with instead, with its data. */
  readonly error?: readonly [name: string, data: unknown]
  /** What the new server pushes as `news`, before it answers. */
  readonly pushed?: unknown
}
