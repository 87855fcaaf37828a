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

  /**
   * Runs `action` every `intervalMs` of this clock, for a test's own needs: runtimes know single timers only.
   *
   * @returns a function that stops it; idempotent.
   * @throws RangeError when the interval is not positive: time would never pass.
   */
  setInterval(action: () => void, intervalMs: number): () => void {
    if (!(intervalMs > 0)) throw new RangeError(`an interval must be a positive number of ms, got ${intervalMs}`)
    const repeat = (): void => {
      timer = this.setTimeout(repeat, intervalMs)
      action()
    }
    let timer = this.setTimeout(repeat, intervalMs)
    return () => this.clearTimeout(timer)
  }

  /** Lets everything happen that needs no time: promises, and as many loop turns as messages take between two ends. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < SETTLE_TURNS; turn += 1) await settle()
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

/** More loop turns than a call takes from one end to the other and back. */
const SETTLE_TURNS = 10

interface FakeTimer {
  readonly action: () => void
  readonly dueAt: number
}

/** Lets every microtask, and the loop turn in which replies are flushed, run before time moves on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
