/** Results that are kept by a text that says all they depend on: a watch makes anew only what changed. */
export class Recollection<Value> {
  readonly #kept = new Map<string, Value>()
  readonly #max: number

  /** @param max how many are kept; the oldest go first. */
  constructor(max: number) {
    this.#max = max
  }

  /** The result for a text: the very same as before where the text was met before. */
  recall(text: string, make: () => Value): Value {
    const known = this.#kept.get(text)
    this.#kept.delete(text)
    const value = known ?? make()
    this.#kept.set(text, value)
    if (this.#kept.size > this.#max) this.#kept.delete(this.#kept.keys().next().value ?? text)
    return value
  }
}
