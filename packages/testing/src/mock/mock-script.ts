/**
 * What a mock answers and pushes, as plain JSON: a file for `wsrv mock --script`.
 *
 * ```json
 * {
 *   "answers": {
 *     "userinfo": [{ "data": { "uid": 7, "name": "Ada", "onlineSinceMs": 0 } }],
 *     "chat.send": [{ "when": { "room": "full" }, "error": "not_in_room", "data": { "room": "full" } }, { "delayMs": 3000 }]
 *   },
 *   "pushes": [{ "push": "have_user_register", "everyMs": 5000 }]
 * }
 * ```
 */
export interface MockScript {
  /**
   * By `cmd`. Of the answers that fit a request, those with a `when` come first; several take turns. A request that none fits, and
   * a command that is not named, gets a drawn answer.
   */
  readonly answers?: Readonly<Record<string, ScriptedAnswer | readonly ScriptedAnswer[]>>
  /** Sent to every session, again and again. */
  readonly pushes?: readonly ScheduledPush[]
}

/** One answer of a script. */
export interface ScriptedAnswer {
  /** The request's data has all of this. Default: any data. */
  readonly when?: unknown
  /** Response data, or the error's. Default: drawn by the schema. */
  readonly data?: unknown
  /** Name of one of the command's errors. */
  readonly error?: string
  /** A status without a name in the contract; 0 is success. */
  readonly status?: number
  /** For people; default: the error's description. */
  readonly msg?: string
  /** How much longer the answer takes, in ms. */
  readonly delayMs?: number
  /** Drops the connection before the answer, which a client with a session gets when it is back. */
  readonly drop?: boolean
  /** Pushes to the session that asked, before the answer. */
  readonly pushes?: readonly { readonly push: string; readonly data?: unknown }[]
}

/** A push on a schedule. */
export interface ScheduledPush {
  readonly push: string
  /** Time between two, in ms; the first comes after one such time. */
  readonly everyMs: number
  /** Default: drawn by the schema, another one each time. */
  readonly data?: unknown
}
