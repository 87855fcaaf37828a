import { MAX_QUEUED_PUSHES } from '@wsrv/protocol'

/** Options of an iteration over pushes. */
export interface PushesOptions {
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined
  /** Pushes that wait for a busy consumer. Default `MAX_QUEUED_PUSHES`. */
  readonly maxQueued?: number | undefined
  /** What is dropped when one more comes. Default `drop_oldest`: the newest state matters most. */
  readonly overflow?: 'drop_oldest' | 'drop_newest' | undefined
}

/**
 * The pushes of one name, from the moment it was made; ends with the client's `close()`, its signal, or `break`, and throws a
 * `CommandError` when the client is closed for good by anything else. An `AsyncIterableIterator<Data, undefined>`, written out:
 * before TypeScript 5.6 that takes one type only.
 */
export interface PushIterator<Data> {
  /** Pushes that the overflow policy has dropped so far. */
  readonly dropped: number
  next(): Promise<IteratorResult<Data, undefined>>
  return(): Promise<IteratorResult<Data, undefined>>
  [Symbol.asyncIterator](): PushIterator<Data>
}

/** A bounded queue of pushes that is read as an async iterator. Owns its subscription and its signal's listener. */
export class PushQueue<Data> implements PushIterator<Data> {
  readonly #options: PushesOptions
  readonly #release: () => void
  readonly #queue: Data[] = []
  readonly #readers: ((result: End | IteratorResult<Data, undefined>) => void)[] = []
  readonly #aborted = () => void this.return()
  #dropped = 0
  #hasEnded = false
  /** What the next reader is to be thrown. */
  #error: unknown

  /** @param release stops what feeds the queue; called once, at the end. */
  constructor(options: PushesOptions, release: () => void) {
    this.#options = options
    this.#release = release
    options.signal?.addEventListener('abort', this.#aborted)
  }

  get dropped(): number {
    return this.#dropped
  }

  /** Hands a push to a waiting reader, else queues it. */
  push(data: Data): void {
    const { maxQueued = MAX_QUEUED_PUSHES, overflow } = this.#options
    const reader = this.#readers.shift()
    if (reader) reader({ value: data, done: false })
    else if (this.#queue.push(data) > maxQueued) {
      this.#dropped++
      if (overflow === 'drop_newest') this.#queue.pop()
      else this.#queue.shift()
    }
  }

  /**
   * Ends the iteration once what is queued has been read; idempotent.
   *
   * @param error what the iteration throws, once. Default: nothing.
   */
  end(error?: unknown): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#error = error
    this.#options.signal?.removeEventListener('abort', this.#aborted)
    this.#release()
    for (const reader of this.#readers) reader(this.#finish())
  }

  async next(): Promise<IteratorResult<Data, undefined>> {
    if (this.#queue.length > 0) return { value: this.#queue.shift() as Data, done: false }
    return this.#hasEnded ? this.#finish() : new Promise((resolve) => this.#readers.push(resolve))
  }

  /** Ends the iteration at once: what is queued is dropped. */
  async return(): Promise<IteratorResult<Data, undefined>> {
    this.#queue.length = 0
    this.end()
    this.#error = undefined
    return DONE
  }

  #finish(): End {
    const error = this.#error
    this.#error = undefined
    return error ? Promise.reject(error) : DONE
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

type End = IteratorReturnResult<undefined> | Promise<never>

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true }
