import type { Clock, Timer } from '@wsrv/protocol'
import type { LiveSession } from './live-session.ts'

/** What {@link DetachedSessions} hold sessions to. */
export interface DetachedSessionsOptions {
  readonly clock: Clock
  /** Time they have to be resumed, in ms. */
  readonly windowMs: number
  readonly maxDetached: number
  /** One that was not resumed in time, or has to make room. */
  readonly drop: (session: LiveSession, reason: string) => void
}

/** Sessions that have lost their connection, in the order in which they did. One timer for all. */
export class DetachedSessions {
  readonly #options: DetachedSessionsOptions
  /** When each one's window closes, in ms of the clock; in that order. */
  readonly #dueAt = new Map<LiveSession, number>()
  #timer: Timer | undefined

  constructor(options: DetachedSessionsOptions) {
    this.#options = options
  }

  add(session: LiveSession): void {
    const { clock, windowMs, maxDetached } = this.#options
    this.#dueAt.set(session, clock.now() + windowMs)
    this.#wait(windowMs)
    if (this.#dueAt.size > maxDetached) this.dropOldest()
  }

  /** It was resumed, or has ended; harmless when it is not here. */
  remove(session: LiveSession): void {
    if (!this.#dueAt.delete(session) || this.#dueAt.size > 0) return
    this.#options.clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Ends the one that lost its connection first; false when there is none. */
  dropOldest(): boolean {
    const [oldest] = this.#dueAt.keys()
    if (oldest !== undefined) this.#options.drop(oldest, 'made room for others')
    return oldest !== undefined
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
      drop(session, 'not resumed in time')
    }
  }
}

/** Between two sweeps: a session may live so much longer than its window. */
const MIN_SWEEP_MS = 100
