import type { Clock, Timer } from '@wsrv/protocol'

/**
 * Times out what is not over in time.
 *
 * Timers are made at the end of the loop turn and only for what still goes on: most handlers are done by then and cost none.
 */
export class Deadlines<Subject> {
  readonly #clock: Clock
  readonly #expired: (subject: Subject) => void
  #fresh: Deadline<Subject>[] = []

  /** @param expired told of each subject whose time is over. */
  constructor(clock: Clock, expired: (subject: Subject) => void) {
    this.#clock = clock
    this.#expired = expired
  }

  /** Gives a subject a time, unless its deadline is cancelled before. */
  set(timeoutMs: number, subject: Subject): Deadline<Subject> {
    const deadline = new Deadline(timeoutMs, subject)
    if (this.#fresh.push(deadline) === 1) setImmediate(this.#armFresh)
    return deadline
  }

  readonly #armFresh = (): void => {
    const fresh = this.#fresh
    this.#fresh = []
    for (const deadline of fresh) deadline.arm(this.#clock, this.#expired)
  }
}

/** A subject's time, unless cancelled. */
export class Deadline<Subject> {
  readonly #timeoutMs: number
  /** Let go when cancelled: a loop turn's deadlines must not keep its requests' data from the collector until it ends. */
  #subject: Subject | undefined
  #clock: Clock | undefined = undefined
  #timer: Timer | undefined = undefined

  constructor(timeoutMs: number, subject: Subject) {
    this.#timeoutMs = timeoutMs
    this.#subject = subject
  }

  /** Begins to wait, unless cancelled. */
  arm(clock: Clock, expired: (subject: Subject) => void): void {
    const subject = this.#subject
    if (subject === undefined) return
    this.#clock = clock
    this.#timer = clock.setTimeout(() => expired(subject), this.#timeoutMs)
  }

  /** Lets it not end; harmless when it has. */
  cancel(): void {
    this.#subject = undefined
    if (this.#timer !== undefined) this.#clock?.clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
