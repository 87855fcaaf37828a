import type { Clock, Timer } from '@wsrv/protocol'

/** Something that must be over in time. */
export interface Deadlined {
  /** Time it has, in ms. */
  readonly timeoutMs: number
  readonly hasEnded: boolean
  /** Its timer, once it has one. */
  timer: Timer | undefined
}

/**
 * Times out what is not over in time.
 *
 * Timers are made at the end of the loop turn and only for what still goes on: most handlers are done by then and cost none.
 */
export class Deadlines<Member extends Deadlined> {
  readonly #clock: Clock
  readonly #timedOut: (member: Member) => void
  #fresh: Member[] = []

  constructor(clock: Clock, timedOut: (member: Member) => void) {
    this.#clock = clock
    this.#timedOut = timedOut
  }

  /** Begins to watch. */
  watch(member: Member): void {
    if (this.#fresh.push(member) === 1) setImmediate(this.#armFresh)
  }

  /** Stops to watch something that has ended. */
  forget(member: Deadlined): void {
    if (member.timer !== undefined) this.#clock.clearTimeout(member.timer)
    member.timer = undefined
  }

  readonly #armFresh = (): void => {
    const fresh = this.#fresh
    this.#fresh = []
    for (const member of fresh) {
      if (!member.hasEnded) member.timer = this.#clock.setTimeout(() => this.#timedOut(member), member.timeoutMs)
    }
  }
}
