import type { Limits } from '../limits.ts'

/** The peer of a connection, or of an upgrade. */
export interface CountedPeer {
  /** The peer's IP address; the same when its connection is gone. */
  readonly remoteAddress?: string | undefined
}

/** The limits that an {@link ConnectionCounts} holds. */
export type ConnectionLimit = 'maxConnections' | 'maxConnectionsPerAddress'

/**
 * Counts connections, in all and by IP address.
 *
 * Addresses only while their limit is the tighter one: to ask the operating system for one costs 4 µs a connection.
 */
export class ConnectionCounts {
  readonly #limits: Limits
  readonly #byAddress = new Map<string, number>()
  readonly #countsAddresses: boolean
  #total = 0

  constructor(limits: Limits) {
    this.#limits = limits
    this.#countsAddresses = limits.maxConnectionsPerAddress < limits.maxConnections
  }

  /** The limit by which one more connection like this would be too many; `undefined` when there is room. */
  fullBy(peer: CountedPeer): ConnectionLimit | undefined {
    const { maxConnections, maxConnectionsPerAddress } = this.#limits
    if (this.#total >= maxConnections) return 'maxConnections'
    if (!this.#countsAddresses || this.#of(peer.remoteAddress ?? '') < maxConnectionsPerAddress) return undefined
    return 'maxConnectionsPerAddress'
  }

  /** A connection has begun. */
  add(peer: CountedPeer): void {
    this.#total += 1
    if (this.#countsAddresses) this.#count(peer.remoteAddress ?? '', 1)
  }

  /** A connection is gone. */
  remove(peer: CountedPeer): void {
    this.#total -= 1
    if (this.#countsAddresses) this.#count(peer.remoteAddress ?? '', -1)
  }

  #count(address: string, change: 1 | -1): void {
    const count = this.#of(address) + change
    if (count > 0) this.#byAddress.set(address, count)
    else this.#byAddress.delete(address)
  }

  #of(address: string): number {
    return this.#byAddress.get(address) ?? 0
  }
}
