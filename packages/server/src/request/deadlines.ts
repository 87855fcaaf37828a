import type { Clock, Timer } from '@wsrv/protocol'
import type { RequestContext } from './request-context.ts'

/**
 * Times out requests that do not end in time.
 *
 * Timers are made at the end of the loop turn and only for what still goes on: most handlers are done by then and cost none.
 */
export class Deadlines {
  readonly #clock: Clock
  readonly #expired: (context: RequestContext) => void
  #fresh: Deadline[] = []

  /** @param expired called for each request whose time is over. */
  constructor(clock: Clock, expired: (context: RequestContext) => void) {
    this.#clock = clock
    this.#expired = expired
  }

  /** Starts a request's time; the deadline can be cancelled. */
  set(context: RequestContext): Deadline {
    const deadline = new Deadline(context)
    if (this.#fresh.push(deadline) === 1) setImmediate(this.#armFresh)
    return deadline
  }

  readonly #armFresh = (): void => {
    const fresh = this.#fresh
    this.#fresh = []
    for (const deadline of fresh) deadline.arm(this.#clock, this.#expired)
  }
}

/** A request's time, unless cancelled. */
export class Deadline {
  /** Released when cancelled: a loop turn's deadlines must not keep its requests' data from the collector until it ends. */
  #context: RequestContext | undefined
  #clock: Clock | undefined = undefined
  #timer: Timer | undefined = undefined

  constructor(context: RequestContext) {
    this.#context = context
  }

  /** Begins to wait, unless cancelled. */
  arm(clock: Clock, expired: (context: RequestContext) => void): void {
    const context = this.#context
    if (context === undefined) return
    this.#clock = clock
    this.#timer = clock.setTimeout(() => expired(context), context.timeoutMs)
  }

  /** Stops waiting; harmless when it has. */
  cancel(): void {
    this.#context = undefined
    if (this.#timer !== undefined) this.#clock?.clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
