import type { Clock, Timer } from '@wsrv/protocol'
import type { LiveSession } from './live-session.ts'

/** What {@link AuthDeadlines} hold sessions to. */
export interface AuthDeadlinesOptions {
  readonly clock: Clock
  /** Time there is to be accepted, in ms; `Infinity` sets no limit. */
  readonly timeoutMs: number
  readonly drop: (session: LiveSession) => void
}

/**
 * Drops sessions that are not accepted in time.
 *
 * One timer for all: their deadlines pass in the order in which they were added. Whether a session was accepted is looked
 * at only then, so that accepting costs nothing.
 */
export class AuthDeadlines {
  readonly #options: AuthDeadlinesOptions
  /** When each session's time is up, in ms of the clock; in that order. */
  readonly #dueAt = new Map<LiveSession, number>()
  #timer: Timer | undefined

  constructor(options: AuthDeadlinesOptions) {
    this.#options = options
  }

  /** Starts a session's time; starts it again when it runs already. */
  add(session: LiveSession): void {
    const { clock, timeoutMs } = this.#options
    if (timeoutMs === Infinity) return
    this.#dueAt.delete(session)
    this.#dueAt.set(session, clock.now() + timeoutMs)
    this.#wait(timeoutMs)
  }

  /** Forgets a session that has ended; harmless when it was not added. */
  remove(session: LiveSession): void {
    if (!this.#dueAt.delete(session) || this.#dueAt.size > 0) return
    this.#options.clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #wait(delayMs: number): void {
    this.#timer ??= this.#options.clock.setTimeout(this.#sweep, delayMs)
  }

  readonly #sweep = (): void => {
    const { clock, drop } = this.#options
    const now = clock.now()
    this.#timer = undefined
    for (const [session, dueAt] of this.#dueAt) {
      if (dueAt > now) {
        this.#wait(Math.max(dueAt - now, MIN_SWEEP_MS))
        return
      }
      this.#dueAt.delete(session)
      if (!session.isAccepted) drop(session)
    }
  }
}

/** Between two sweeps: avoids one timer per session; a late session may be closed up to this much later. */
const MIN_SWEEP_MS = 100
