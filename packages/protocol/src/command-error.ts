import type { LocalCode, StatusCode } from './status.ts'

/** What a {@link CommandError} is made of. */
export interface CommandFailure {
  readonly cmd: string
  readonly seqno: string
  readonly status: number | undefined
  readonly code: string
  readonly msg: string
  readonly data: unknown
}

/** Every code that a call can fail with besides the contract's own error names. Stable API. */
export type FrameworkCode = Exclude<StatusCode, 'ok' | 'item'> | LocalCode | 'unknown'

/**
 * The one error that a failed call rejects with. Match on `code`, never on text. PROTOCOL.md §Statuses.
 *
 * A call that the caller aborted rejects with its signal's reason instead.
 */
export class CommandError<Code extends string = string, Data = unknown> extends Error {
  override readonly name = 'CommandError'
  /** Command that failed. */
  declare readonly cmd: string
  /** Its request's seqno; `''` when the request was never made. */
  declare readonly seqno: string
  /** Status on the wire; `undefined` when the client itself failed the call. */
  declare readonly status: number | undefined
  /** A framework code, or the name of one of the command's errors in the contract. */
  declare readonly code: Code
  /** The server's message, for people. */
  declare readonly msg: string
  /** The error's data, as the contract types it. */
  declare readonly data: Data

  constructor(failure: CommandFailure, options?: ErrorOptions) {
    super(`[${failure.code}] ${failure.cmd}: ${failure.msg}`, options)
    Object.assign(this, failure)
  }
}
