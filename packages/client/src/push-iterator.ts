import { MAX_QUEUED_PUSHES } from '@wsrv/protocol'

/** Options of an iteration over pushes. */
export interface PushesOptions {
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined
  /** Pushes that wait for a busy consumer. Default `MAX_QUEUED_PUSHES`. */
  readonly maxQueued?: number | undefined
  /** What gives way when one more comes. Default `drop_oldest`: the newest state matters most. */
  readonly overflow?: 'drop_oldest' | 'drop_newest' | undefined
}

/** The pushes of one name, from the moment it was made; ends with the client's `close()`, its signal, or `break`. */
export interface PushIterator<Data> extends AsyncIterableIterator<Data, undefined> {
  /** Pushes that the overflow policy has dropped so far. */
  readonly dropped: number
  return(): Promise<IteratorResult<Data, undefined>>
}

/** A bounded queue of pushes that is read as an async iterator. Owns its subscription and its signal's listener. */
export class PushQueue<Data> implements PushIterator<Data> {
  readonly #maxQueued: number
  readonly #dropsOldest: boolean
  readonly #queue: Data[] = []
  readonly #readers: ((result: IteratorResult<Data, undefined>) => void)[] = []
  readonly #release: () => void
  #dropped = 0
  #hasEnded = false

  /** @param release gives back what feeds the queue; runs once, at the end. */
  constructor({ signal, maxQueued, overflow }: PushesOptions, release: () => void) {
    this.#maxQueued = maxQueued ?? MAX_QUEUED_PUSHES
    this.#dropsOldest = overflow !== 'drop_newest'
    const aborted = () => void this.return()
    this.#release = () => {
      signal?.removeEventListener('abort', aborted)
      release()
    }
    signal?.addEventListener('abort', aborted)
  }

  get dropped(): number {
    return this.#dropped
  }

  /** Gives a push to whoever waits for one, else queues it. */
  push(data: Data): void {
    const reader = this.#readers.shift()
    if (reader) reader({ value: data, done: false })
    else this.#queue.push(data)
    if (this.#queue.length <= this.#maxQueued) return
    this.#dropped++
    if (this.#dropsOldest) this.#queue.shift()
    else this.#queue.pop()
  }

  /** Ends the iteration once what is queued has been read; idempotent. */
  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#release()
    for (const reader of this.#readers.splice(0)) reader(DONE)
  }

  next(): Promise<IteratorResult<Data, undefined>> {
    if (this.#queue.length > 0) return Promise.resolve({ value: this.#queue.shift() as Data, done: false })
    if (this.#hasEnded) return Promise.resolve(DONE)
    return new Promise((resolve) => this.#readers.push(resolve))
  }

  /** Ends the iteration at once: what is queued is dropped. */
  return(): Promise<IteratorResult<Data, undefined>> {
    this.#queue.length = 0
    this.end()
    return Promise.resolve(DONE)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

const DONE: IteratorResult<never, undefined> = { value: undefined, done: true }
