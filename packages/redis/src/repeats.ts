/**
 * Finds messages that arrive a second time, as when a client library sends a command again. The numbers of a server are
 * remembered, not only the highest: while a cluster changes, a message may overtake another.
 */
export class Repeats {
  /** Last numbers by partition of each server, in the order in which the servers were first seen. */
  readonly #seen = new Map<string, Set<number>[]>()

  /** Notes a message; false when it was seen already. */
  isNew(node: string, partition: number, number: number): boolean {
    const seen = this.#partition(this.#node(node), partition)
    if (seen.has(number)) return false
    seen.add(number)
    if (seen.size > MAX_NUMBERS) forgetFirst(seen)
    return true
  }

  #node(node: string): Set<number>[] {
    let partitions = this.#seen.get(node)
    if (partitions === undefined) {
      partitions = []
      this.#seen.set(node, partitions)
      if (this.#seen.size > MAX_NODES) forgetFirst(this.#seen)
    }
    return partitions
  }

  #partition(partitions: Set<number>[], partition: number): Set<number> {
    let seen = partitions[partition]
    if (seen === undefined) {
      seen = new Set()
      partitions[partition] = seen
    }
    return seen
  }
}

/** Servers that are remembered: restarted ones have new names, and a hostile publisher may invent any number. */
const MAX_NODES = 256

/** Messages that are remembered per server and partition: seconds of a busy one. */
const MAX_NUMBERS = 512

function forgetFirst<Key>(seen: { keys(): Iterable<Key>; delete(key: Key): boolean }): void {
  for (const key of seen.keys()) {
    seen.delete(key)
    return
  }
}
