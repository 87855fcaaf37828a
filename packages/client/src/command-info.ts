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
  /** There when the call opens a stream: `openStream` sets it. */
  readonly stream?: StreamEnd
}

/** The client's end of a stream, as its call sees it. PROTOCOL.md §Streams. */
export interface StreamEnd {
  /** Items that it takes in all. */
  readonly credit: number
  /**
   * Items came.
   *
   * @param bytes size of their message.
   * @param grant tells the server of more {@link credit}.
   */
  items(data: unknown, bytes: number, grant: () => void): void
  /** The session is back: what the server was told may be lost. */
  resumed(): void
  /** Items are missing. */
  lost(): void
}
