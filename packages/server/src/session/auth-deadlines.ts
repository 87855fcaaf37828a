import type { Clock, Timer } from '@wsrv/protocol'

/** Someone who may not be accepted yet. */
export interface AuthDeadlineMember {
  readonly isAccepted: boolean
}

/** What {@link AuthDeadlines} hold to whom. */
export interface AuthDeadlinesOptions<Member extends AuthDeadlineMember> {
  readonly clock: Clock
  /** Time there is to be accepted, in ms; `Infinity` is no limit. */
  readonly timeoutMs: number
  readonly drop: (member: Member) => void
}

/**
 * Drops who is not accepted in time.
 *
 * One timer for all: they come in the order in which their time is up. That somebody was accepted is seen only then, so
 * that it costs nothing.
 */
export class AuthDeadlines<Member extends AuthDeadlineMember> {
  readonly #options: AuthDeadlinesOptions<Member>
  /** When each one's time is up, in ms of the clock; in that order. */
  readonly #dueAt = new Map<Member, number>()
  #timer: Timer | undefined

  constructor(options: AuthDeadlinesOptions<Member>) {
    this.#options = options
  }

  /** Begins somebody's time, anew if it had begun. */
  add(member: Member): void {
    const { clock, timeoutMs } = this.#options
    if (timeoutMs === Infinity) return
    this.#dueAt.delete(member)
    this.#dueAt.set(member, clock.now() + timeoutMs)
    this.#wait(timeoutMs)
  }

  /** Somebody has gone; harmless when they were not here. */
  remove(member: Member): void {
    if (!this.#dueAt.delete(member) || this.#dueAt.size > 0) return
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
    for (const [member, dueAt] of this.#dueAt) {
      if (dueAt > now) {
        this.#wait(Math.max(dueAt - now, MIN_SWEEP_MS))
        return
      }
      this.#dueAt.delete(member)
      if (!member.isAccepted) drop(member)
    }
  }
}

/** Between two sweeps, so that who comes one by one does not cost a timer each: who is late is dropped up to so much later. */
const MIN_SWEEP_MS = 100
