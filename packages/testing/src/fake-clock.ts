import type { Clock, Timer } from '@wsrv/protocol'

/** A clock that stands still until it is advanced; timers run in order of their time, then of their making. */
export class FakeClock implements Clock {
  readonly #timers = new Set<FakeTimer>()
  #now = 0

  now(): number {
    return this.#now
  }

  setTimeout(action: () => void, delayMs: number): Timer {
    const timer: FakeTimer = { action, dueAt: this.#now + Math.max(0, delayMs) }
    this.#timers.add(timer)
    return timer
  }

  clearTimeout(timer: Timer | undefined): void {
    this.#timers.delete(timer as FakeTimer)
  }

  /** Timers that have not run: a test's leak check. */
  get pendingTimers(): number {
    return this.#timers.size
  }

  /**
   * Moves time on by `ms`, running each timer at its moment and letting promises settle after each.
   *
   * @param ms 0 runs what is due now.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    await settle()
    for (let timer = this.#nextDue(until); timer !== undefined; timer = this.#nextDue(until)) {
      this.#timers.delete(timer)
      this.#now = Math.max(this.#now, timer.dueAt)
      timer.action()
      await settle()
    }
    this.#now = until
  }

  #nextDue(until: number): FakeTimer | undefined {
    let next: FakeTimer | undefined
    for (const timer of this.#timers) {
      if (timer.dueAt <= until && (next === undefined || timer.dueAt < next.dueAt)) next = timer
    }
    return next
  }
}

interface FakeTimer {
  readonly action: () => void
  readonly dueAt: number
}

/** Lets every microtask, and the loop turn in which replies are flushed, run before time moves on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
