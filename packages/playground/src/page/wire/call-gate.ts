import type { Clock, Payload, Timer } from '@wsrv/protocol'

/** A request that waits. */
export interface Waiting {
  readonly payload: Payload
  readonly seqno: string | undefined
}

/** What the gate calls back. */
export interface CallGateCallbacks {
  readonly clock: Clock
  readonly send: (payload: Payload) => void
  readonly changed: () => void
}

/** Whether requests may leave, and whether one at a time. */
export interface GateState {
  readonly isOpen: boolean
  readonly isSingle: boolean
}

/**
 * Holds requests until they may leave. Towards a Go server one leaves when the one before is answered: two answers that
 * meet end its process.
 */
export class CallGate {
  readonly #callbacks: CallGateCallbacks
  readonly #queue: Waiting[] = []
  #state: GateState = { isOpen: false, isSingle: true }
  #current: { readonly seqno: string | undefined; readonly timer: Timer } | undefined

  constructor(callbacks: CallGateCallbacks) {
    this.#callbacks = callbacks
  }

  get waiting(): number {
    return this.#queue.length
  }

  set(state: GateState): void {
    this.#state = state
    this.#flush()
  }

  add(request: Waiting): void {
    this.#queue.push(request)
    this.#flush()
  }

  /** The request in flight may have been answered. */
  answered(seqno: string | undefined): void {
    if (this.#current === undefined || (seqno !== '' && seqno !== this.#current.seqno)) return
    this.#release()
    this.#flush()
  }

  /** The link was lost: nothing is in flight, what waits goes on waiting. */
  lost(): void {
    this.#release()
  }

  #release(): void {
    this.#callbacks.clock.clearTimeout(this.#current?.timer)
    this.#current = undefined
  }

  #flush(): void {
    while (this.#state.isOpen && this.#current === undefined) {
      const next = this.#queue.shift()
      if (next === undefined) break
      if (this.#state.isSingle) this.#hold(next)
      this.#callbacks.send(next.payload)
    }
    this.#callbacks.changed()
  }

  #hold({ seqno }: Waiting): void {
    const timer = this.#callbacks.clock.setTimeout(() => {
      this.#release()
      this.#flush()
    }, PATIENCE_MS)
    this.#current = { seqno, timer }
  }
}

/** Time after which a request that is not answered holds the others no longer, in ms: a Go server leaves some unanswered. */
const PATIENCE_MS = 10_000
