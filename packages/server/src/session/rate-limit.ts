import type { Clock } from '@wsrv/protocol'

/** What a session may still spend on requests. */
export interface RateLimitState {
  /** In requests. */
  credit: number
  /** When credit was last added, in ms of the server's clock. */
  creditedAt: number
}

/**
 * A token bucket per session: it gains credit steadily, holds at most a second's worth, and requests spend it.
 *
 * Credit is added only when it runs out: a session within its limit costs a subtraction and no look at the clock. After a
 * rest it may so spend up to two seconds' worth at once; its average holds.
 */
export class RateLimit {
  readonly #clock: Clock
  readonly #perSecond: number

  /** @param perSecond credit gained per second, in requests. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /**
   * Spends what a request costs; one that costs more than a second's worth takes all of it.
   *
   * @returns 0, or the time until there is enough, in ms; then nothing was spent.
   */
  spend(state: RateLimitState, cost: number): number {
    const price = Math.min(cost, this.#perSecond)
    if (state.credit < price) this.#add(state)
    const missing = price - state.credit
    if (missing > 0) return Math.ceil((missing / this.#perSecond) * MS_PER_SECOND)
    state.credit -= price
    return 0
  }

  /** Takes what something has cost that is done already, at most a second's worth; the session may be in debt then. */
  charge(state: RateLimitState, cost: number): void {
    if (this.#perSecond !== Infinity) state.credit -= Math.min(cost, this.#perSecond)
  }

  #add(state: RateLimitState): void {
    const now = this.#clock.now()
    const gained = ((now - state.creditedAt) / MS_PER_SECOND) * this.#perSecond
    state.credit = Math.min(state.credit + gained, this.#perSecond)
    state.creditedAt = now
  }
}

const MS_PER_SECOND = 1_000
