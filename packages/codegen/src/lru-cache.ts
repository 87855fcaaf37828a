/** A cache whose least recently used entries go first. Keys are texts that name everything a value depends on. */
export class LruCache<Value> {
  readonly #values = new Map<string, Value>()
  readonly #maxEntries: number

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
  }

  /** The value of a key: the very same as before where it is still known. */
  getOrMake(key: string, make: () => Value): Value {
    const value = this.#values.get(key) ?? make()
    this.#values.delete(key)
    this.#values.set(key, value)
    if (this.#values.size > this.#maxEntries) this.#values.delete(this.#values.keys().next().value ?? key)
    return value
  }
}
