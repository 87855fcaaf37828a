import type { Clock, Timer } from '@wsrv/protocol'

/** Repeats something on a clock while it is started. */
export class PushSchedule {
  readonly #clock: Clock
  readonly #jobs: readonly Job[]
  #timers: (Timer | undefined)[] = []
  #isStarted = false

  constructor(clock: Clock, jobs: readonly Job[]) {
    this.#clock = clock
    this.#jobs = jobs
  }

  /** Each job runs after its time, and again; idempotent. */
  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    for (const at of this.#jobs.keys()) this.#wait(at)
  }

  /** Nothing runs any more; idempotent. */
  stop(): void {
    this.#isStarted = false
    for (const timer of this.#timers) this.#clock.clearTimeout(timer)
    this.#timers = []
  }

  #wait(at: number): void {
    const job = this.#jobs[at]
    if (job === undefined) return
    this.#timers[at] = this.#clock.setTimeout(() => {
      this.#wait(at)
      job.run()
    }, job.everyMs)
  }
}

/** What is repeated. */
export interface Job {
  readonly everyMs: number
  run(): void
}
