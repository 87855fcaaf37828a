/** Listeners to one event. One that throws or rejects harms neither the others nor the caller. */
export class Listeners<Event extends readonly unknown[]> {
  readonly #failed: (error: unknown) => void
  readonly #entries = new Set<{ readonly listener: (...event: Event) => unknown }>()

  /** @param failed called with what a listener threw. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed
  }

  /** How many there are. */
  get size(): number {
    return this.#entries.size
  }

  /**
   * Adds a listener.
   *
   * @returns a function that removes it; idempotent.
   */
  add(listener: (...event: Event) => unknown): () => void {
    const entry = { listener }
    this.#entries.add(entry)
    return () => void this.#entries.delete(entry)
  }

  /** Calls every listener. */
  notify(...event: Event): void {
    for (const { listener } of this.#entries) void this.#call(listener, event)
  }

  async #call(listener: (...event: Event) => unknown, event: Event): Promise<void> {
    try {
      await listener(...event)
    } catch (error) {
      this.#failed(error)
    }
  }
}
