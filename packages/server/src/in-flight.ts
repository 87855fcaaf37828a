import type { Flight } from './flight.ts'

/** The requests that one session has in flight. */
export class InFlight {
  /**
   * By seqno; a request without one is its own key. There only while something is in flight: a map that lives long and
   * changes with every request leaves old tables that keep dead requests from the young collection, 1 µs a request.
   */
  #flights: Map<string | Flight, Flight> | undefined = undefined

  get size(): number {
    return this.#flights?.size ?? 0
  }

  /** The request that has this seqno. */
  get(seqno: string): Flight | undefined {
    return this.#flights?.get(seqno)
  }

  add(flight: Flight): void {
    this.#flights ??= new Map()
    this.#flights.set(flight.seqno || flight, flight)
  }

  remove(flight: Flight): void {
    this.#flights?.delete(flight.seqno || flight)
    if (this.#flights?.size === 0) this.#flights = undefined
  }

  /** All of them; those removed meanwhile are harmless. */
  all(): Iterable<Flight> {
    return this.#flights?.values() ?? []
  }
}
