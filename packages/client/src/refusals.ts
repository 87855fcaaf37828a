import { type Response, STATUS, type Timer } from '@wsrv/protocol'
import type { Call } from './call.ts'
import type { Lanes } from './lanes.ts'
import type { Settings } from './settings.ts'

/** What {@link Refusals} call back. */
export interface RefusalsCallbacks {
  /** Calls that were held back may leave now. */
  flush(): void
  /** Renews the credentials that a call was refused for; `undefined` when that cannot help. */
  refreshAuth(call: Call): Promise<unknown> | undefined
}

/** Calls that the server refused without running them: each is made again once what it was refused for has passed. */
export class Refusals {
  readonly #callbacks: RefusalsCallbacks
  readonly #settings: Settings
  readonly #lanes: Lanes
  /** The end of the time that the server asked for, by the clock in ms. */
  #pausedUntil = 0
  #pause: Timer | undefined

  constructor(callbacks: RefusalsCallbacks, lanes: Lanes, settings: Settings) {
    this.#callbacks = callbacks
    this.#lanes = lanes
    this.#settings = settings
  }

  /** Whether the server has asked for time that has not passed yet. */
  get arePaused(): boolean {
    return this.#settings.clock.now() < this.#pausedUntil
  }

  /** Takes a refused call back; false when waiting, or fresh credentials, cannot help. */
  retry(call: Call, refusal: Response): boolean {
    const { status } = refusal
    if (status === STATUS.unauthenticated) return this.#retryWithAuth(call, refusal)
    if (status !== STATUS.rate_limited && status !== STATUS.unavailable) return false
    const { clock } = this.#settings
    const { retryAfterMs } = Object(refusal.data) as { readonly retryAfterMs: number }
    const heldUntil = Math.max(this.#pausedUntil, clock.now() + retryAfterMs)
    // False also of what is not a number.
    if (!(heldUntil < call.deadlineAt)) return false
    call.heldUntil = this.#pausedUntil = heldUntil
    this.#lanes.ahead.set(call.seqno, call)
    clock.clearTimeout(this.#pause)
    this.#pause = clock.setTimeout(() => this.#callbacks.flush(), heldUntil - clock.now())
    return true
  }

  #retryWithAuth(call: Call, refusal: Response): boolean {
    const refreshing = call.isRetried ? undefined : this.#callbacks.refreshAuth(call)
    if (!refreshing) return false
    call.isRetried = true
    call.heldUntil = Infinity
    this.#lanes.ahead.set(call.seqno, call)
    refreshing.then(
      () => {
        call.heldUntil = 0
        this.#callbacks.flush()
      },
      () => {
        if (this.#lanes.ahead.delete(call.seqno)) call.answer(refusal)
      },
    )
    return true
  }

  /** The connection that was refused on is gone. */
  forget(): void {
    this.#settings.clock.clearTimeout(this.#pause)
    this.#pausedUntil = 0
  }
}
