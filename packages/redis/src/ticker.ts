import type { Clock, Timer } from '@wsrv/protocol'

/** Runs actions again and again, each after its own interval, until it is closed. */
export class Ticker {
  readonly #clock: Clock
  readonly #timers = new Map<() => void, Timer>()

  /** @param actions each with the time between two runs, in ms. */
  constructor(clock: Clock, actions: readonly (readonly [intervalMs: number, action: () => void])[]) {
    this.#clock = clock
    for (const [intervalMs, action] of actions) this.#schedule(intervalMs, action)
  }

  close(): void {
    for (const timer of this.#timers.values()) this.#clock.clearTimeout(timer)
    this.#timers.clear()
  }

  #schedule(intervalMs: number, action: () => void): void {
    const run = () => {
      this.#schedule(intervalMs, action)
      action()
    }
    this.#timers.set(action, this.#clock.setTimeout(run, intervalMs))
  }
}
