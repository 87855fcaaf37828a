/** What a journal is held to. */
export interface JournalOptions {
  /** Messages it keeps; as many gaps of one message each may stand beside them. */
  readonly maxMessages: number
  /** Bytes it keeps, or UTF-16 code units where payloads are text. */
  readonly maxBytes: number
  readonly budget: JournalBudget
}

/** What a {@link JournalBudget} counts. */
export interface Held {
  readonly payload: { readonly length: number }
  /** How many journals hold it. */
  holders: number
}

/** The bytes that all journals of a server hold together; a message that many of them hold is counted once. */
export class JournalBudget {
  #used = 0
  readonly #maxBytes: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** In bytes, or UTF-16 code units where payloads are text: near enough. */
  get used(): number {
    return this.#used
  }

  get isExceeded(): boolean {
    return this.#used > this.#maxBytes
  }

  hold(message: Held): void {
    message.holders += 1
    if (message.holders === 1) this.#used += message.payload.length + OVERHEAD_BYTES
  }

  release(message: Held): void {
    message.holders -= 1
    if (message.holders === 0) this.#used -= message.payload.length + OVERHEAD_BYTES
  }
}

/** What a message holds beside its payload: the object, and its string's head. */
const OVERHEAD_BYTES = 100
