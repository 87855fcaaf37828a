import { textOf } from './failure.ts'

/**
 * Something that went wrong and that has no caller to reject.
 *
 * - `subscriber_threw`: a listener given to the client threw or rejected.
 * - `unreadable_message`: what came is not a message of the protocol.
 * - `url_failed`: the url function threw or rejected; the attempt failed.
 * - `auth_failed`: the auth function threw or rejected, or fresh credentials that the server asked for were refused.
 * - `connect_failed`: the first attempt in a row of failures to connect; its error says why.
 * - `gave_up`: a close was final, and the client does not come back by itself.
 * - `setup_failed`: the option `setup` threw or rejected; the connection was dropped.
 * - `deprecated`: a command was called, or a push subscribed to, that the contract deprecates; see `warnDeprecated`.
 * - `unexpected_message`: a push without a subscriber, or a reply that no call waits for: normal after a timeout or an abort.
 */
export type ProblemKind =
  | 'subscriber_threw'
  | 'unreadable_message'
  | 'url_failed'
  | 'auth_failed'
  | 'connect_failed'
  | 'gave_up'
  | 'setup_failed'
  | 'deprecated'
  | 'unexpected_message'

/** One {@link ProblemKind} as it happened. */
export interface Problem {
  readonly kind: ProblemKind
  /** What was thrown, or an error that says what was wrong. */
  readonly error: unknown
}

/**
 * The default `onProblem`: hands errors to the platform, as an event listener's are, so that monitoring sees them:
 * `reportError` in browsers and workers, else a process warning, which never ends the process: Deno's
 * `reportError` does.
 *
 * `unexpected_message` happens in healthy programs and is not reported by default.
 */
export function reportProblem({ kind, error }: Problem): void {
  if (kind === 'unexpected_message') return
  const { reportError, process, Deno } = globalThis as Platform
  if (reportError && !Deno) reportError(error)
  else process?.emitWarning?.(error instanceof Error ? error : textOf(error))
}

/** The two places where platforms take uncaught errors; a platform may lack either. */
interface Platform {
  readonly Deno?: unknown
  readonly reportError?: (error: unknown) => void
  readonly process?: { emitWarning?(warning: Error | string): void }
}
