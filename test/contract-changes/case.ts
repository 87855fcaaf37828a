import type { ContractChange } from '@wsrv/codegen'

/**
 * A change of a contract, what `wsrv diff` says about it, and what it does to a client that was generated before it and
 * to a server that was.
 *
 * What is said here is said by a client deployed before the change to a server generated after it.
 * The contracts have one command `act` and one push `news`, unless a case is about something else.
 */
export interface ChangeCase extends Conversation {
  /** What the schema file exported before the change. */
  readonly before: Readonly<Record<string, unknown>>
  /** What it exported when the client was deployed, where that was before `before`. Default `before`. */
  readonly deployed?: Readonly<Record<string, unknown>>
  /** What it exports now. */
  readonly after: Readonly<Record<string, unknown>>
  /**
   * The changes that are found, each as `SEVERITY id`; behind it `, servers first` where a client that was generated after
   * the change fails at a server that was deployed before it.
   */
  readonly found: readonly `${ContractChange['severity']} ${string}`[]
  /** What a client generated after the change says to a server deployed before it, where that is not what follows. */
  readonly atOldServer?: Conversation
}

/** What a client and a server say to each other that were generated from different versions of a contract. */
export interface Conversation {
  /** The command that the client calls. Default `act`. */
  readonly called?: string
  /** What it sends. Default `{}`. */
  readonly sent?: unknown
  /** What the server answers. Default `{}`. */
  readonly answer?: unknown
  /** The error that the server answers with instead, with its data. */
  readonly error?: readonly [name: string, data: unknown]
  /** What the server pushes as `news`, before it answers. */
  readonly pushed?: unknown
}
