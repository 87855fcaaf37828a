/** What one run has made, for the next; what a run did not ask for is gone after it. Keys name everything a value depends on. */
export class RunCache<Value> {
  #last: ReadonlyMap<string, Value> = new Map()
  #current = new Map<string, Value>()

  /** The value of a key: the very same as before where this run or the last one had it. */
  getOrMake(key: string, make: () => Value): Value {
    const value = this.#current.get(key) ?? this.#last.get(key) ?? make()
    this.#current.set(key, value)
    return value
  }

  /** Ends a run. */
  endRun(): void {
    this.#last = this.#current
    this.#current = new Map()
  }
}
