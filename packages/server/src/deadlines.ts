import type { Clock, Timer } from '@wsrv/protocol'

/**
 * Times out what is not over in time.
 *
 * Timers are made at the end of the loop turn and only for what still goes on: most handlers are done by then and cost none.
 */
export class Deadlines {
  readonly #clock: Clock
  #fresh: Deadline[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs an action after a time, unless its deadline is cancelled before. */
  set(timeoutMs: number, action: () => void): Deadline {
    const deadline = new Deadline(this.#clock, timeoutMs, action)
    if (this.#fresh.push(deadline) === 1) setImmediate(this.#armFresh)
    return deadline
  }

  readonly #armFresh = (): void => {
    const fresh = this.#fresh
    this.#fresh = []
    for (const deadline of fresh) deadline.arm()
  }
}

/** An action to come, unless cancelled. */
export class Deadline {
  readonly #clock: Clock
  readonly #timeoutMs: number
  /** Let go when cancelled: a loop turn's deadlines must not keep its requests' data from the collector until it ends. */
  #action: (() => void) | undefined
  #timer: Timer | undefined = undefined

  constructor(clock: Clock, timeoutMs: number, action: () => void) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#action = action
  }

  /** Begins to wait, unless cancelled. */
  arm(): void {
    if (this.#action !== undefined) this.#timer = this.#clock.setTimeout(this.#action, this.#timeoutMs)
  }

  /** Lets the action not happen; harmless when it has. */
  cancel(): void {
    this.#action = undefined
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
