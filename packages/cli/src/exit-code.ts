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
} as const

/** An exit code of `wsrv`. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
