/** What `wsrv` exits with. Stable API. */
export const EXIT = {
  /** All is well. */
  ok: 0,
  /** The contract has problems or breaks deployed peers, or what was generated is stale. */
  problems: 1,
  /** The command line or the config is wrong. */
  usage: 2,
  /** Nothing is known to break, but a person should look at a change. */
  review: 3,
  /** Of `call`, `tail` and `ping`: the server refused. */
  refused: 1,
  /** Of `call`, `tail` and `ping`: there was no connection, or it was lost. */
  noConnection: 3,
  /** Ctrl-C, before there was an answer. */
  interrupted: 130,
} as const

/** An exit code of `wsrv`. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
