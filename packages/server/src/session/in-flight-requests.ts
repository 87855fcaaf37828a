import type { InFlightRequest } from './in-flight-request.ts'

/**
 * The requests that one session has in flight.
 *
 * One at a time, the usual case, needs no map. A map is there only while there are more: a long-lived map that
 * changes on every request promotes dead requests to the old generation, 1 µs per request.
 */
export class InFlightRequests {
  #first: InFlightRequest | undefined = undefined
  /** By seqno; a request without one is its own key. */
  #others: Map<string | InFlightRequest, InFlightRequest> | undefined = undefined

  get size(): number {
    return (this.#first === undefined ? 0 : 1) + (this.#others?.size ?? 0)
  }

  /** The request that has this seqno. */
  get(seqno: string): InFlightRequest | undefined {
    if (seqno !== '' && this.#first?.seqno === seqno) return this.#first
    return this.#others?.get(seqno)
  }

  add(request: InFlightRequest): void {
    if (this.#first === undefined) {
      this.#first = request
    } else {
      this.#others ??= new Map()
      this.#others.set(request.seqno || request, request)
    }
  }

  remove(request: InFlightRequest): void {
    if (this.#first === request) {
      this.#first = undefined
    } else if (this.#others?.delete(request.seqno || request) && this.#others.size === 0) {
      this.#others = undefined
    }
  }

  /** All of them, as they are now. */
  all(): readonly InFlightRequest[] {
    return [...(this.#first === undefined ? [] : [this.#first]), ...(this.#others?.values() ?? [])]
  }
}
