/** What the client knows of a command: generated code passes it with every call. */
export interface CommandInfo {
  /** Name on the wire. */
  readonly cmd: string
  /** The command's own errors: statuses of 1000 and more, each with the name that becomes `CommandError.code`. */
  readonly errors?: readonly (readonly [status: number, name: string])[]
  /** May be sent again after a lost connection. Default false: such a call rejects with `outcome_unknown`. */
  readonly idempotent?: boolean
  /** Time a call may take, in ms, unless the call itself says. */
  readonly timeoutMs?: number
}
