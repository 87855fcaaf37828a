import type { Limits } from './limits.ts'

/** Counts connections, in all and by IP address. */
export class Occupancy {
  readonly #limits: Limits
  readonly #byAddress = new Map<string, number>()
  #total = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Whether one more connection from an address would be too many. */
  isFull(address: string): boolean {
    const { maxConnections, maxConnectionsPerAddress } = this.#limits
    return this.#total >= maxConnections || this.#of(address) >= maxConnectionsPerAddress
  }

  /** A connection has begun. */
  add(address: string): void {
    this.#total += 1
    this.#byAddress.set(address, this.#of(address) + 1)
  }

  /** A connection is gone. */
  remove(address: string): void {
    this.#total -= 1
    const left = this.#of(address) - 1
    if (left > 0) this.#byAddress.set(address, left)
    else this.#byAddress.delete(address)
  }

  #of(address: string): number {
    return this.#byAddress.get(address) ?? 0
  }
}
