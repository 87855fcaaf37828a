import type { Flight } from './flight.ts'

/**
 * The requests that one session has in flight.
 *
 * One at a time, the usual case, needs no map. A map is there only while there are more: one that lives long and changes
 * with every request leaves old tables that keep dead requests from the young collection, 1 µs a request.
 */
export class InFlight {
  #first: Flight | undefined = undefined
  /** By seqno; a request without one is its own key. */
  #others: Map<string | Flight, Flight> | undefined = undefined

  get size(): number {
    return (this.#first === undefined ? 0 : 1) + (this.#others?.size ?? 0)
  }

  /** The request that has this seqno. */
  get(seqno: string): Flight | undefined {
    if (seqno !== '' && this.#first?.seqno === seqno) return this.#first
    return this.#others?.get(seqno)
  }

  add(flight: Flight): void {
    if (this.#first === undefined) {
      this.#first = flight
    } else {
      this.#others ??= new Map()
      this.#others.set(flight.seqno || flight, flight)
    }
  }

  remove(flight: Flight): void {
    if (this.#first === flight) {
      this.#first = undefined
    } else if (this.#others?.delete(flight.seqno || flight) && this.#others.size === 0) {
      this.#others = undefined
    }
  }

  /** All of them, as they are now. */
  all(): readonly Flight[] {
    return [...(this.#first === undefined ? [] : [this.#first]), ...(this.#others?.values() ?? [])]
  }
}
