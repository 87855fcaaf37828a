import { CommandError, type FrameworkCode, MAX_STREAM_CREDIT, STREAM_CREDIT, STREAM_WINDOW_BYTES } from '@wsrv/protocol'
import { reasonOf } from './call.ts'
import type { Caller, CallOptions } from './client-options.ts'
import type { CommandInfo, StreamEnd } from './command-info.ts'
import { failure } from './failure.ts'

/**
 * The items of one stream, to be read once, and the response behind them. It begins when it is made; its deadline is that of its
 * first item.
 *
 * Its server sends only as much as is read: one that is not read at all comes to a halt. `break` ends it, and so does its signal.
 */
export interface Stream<Item, Response> {
  /**
   * What the handler returned behind the last item. Rejects with a {@link CommandError} as a call does, `stream_lost` when items
   * had come and the others will not, `cancelled` when it was broken off, or with the reason of the signal.
   */
  readonly response: Promise<Response>
  next(): Promise<IteratorResult<Item, undefined>>
  /** Ends it at once: what was not read is dropped, and the server stops. */
  return(): Promise<IteratorResult<Item, undefined>>
  // Written out, as AsyncIterableIterator takes one type only before TypeScript 5.6.
  [Symbol.asyncIterator](): Stream<Item, Response>
}

/** Opens a stream; generated methods of streams go through here, and no other client carries it. PROTOCOL.md §Streams. */
export function openStream<Item, Response>(
  caller: Caller,
  info: CommandInfo,
  data: unknown,
  options: CallOptions = {},
): Stream<Item, Response> {
  return new IncomingStream<Item, Response>(caller, info, data, options)
}

/** Where the next item goes. */
interface Reader<Item> {
  resolve(result: IteratorResult<Item, undefined>): void
  reject(reason: unknown): void
}

class IncomingStream<Item, Response> implements Stream<Item, Response>, StreamEnd {
  readonly response: Promise<Response>
  readonly #info: { -readonly [Key in keyof CommandInfo]: CommandInfo[Key] }
  readonly #controller = new AbortController()
  readonly #readers: Reader<Item>[] = []
  #queue: Item[] = []
  /** Items of the queue that were read already. */
  #head = 0
  #hasEnded = false
  /** What the next read rejects with, in an array of one, once the queue is empty. */
  #failure: readonly unknown[] = []
  #credit = STREAM_CREDIT
  #window = STREAM_CREDIT
  #read = 0
  #came = 0
  #bytes = 0
  #grant = (): void => {}

  constructor(caller: Caller, info: CommandInfo, data: unknown, { signal, ...options }: CallOptions) {
    this.#info = { ...info, stream: this }
    const abort = (): void => this.#abort(reasonOf(signal))
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
    const call = caller.call<Response>(this.#info, data, { ...options, signal: this.#controller.signal })
    this.response = call
      .catch((error) => {
        throw this.#fail(error)
      })
      .finally(() => {
        signal?.removeEventListener('abort', abort)
        this.#end()
      })
    // Read as an item's failure, or not at all.
    this.response.catch(() => {})
  }

  get credit(): number {
    return this.#credit
  }

  items(data: unknown, bytes: number, grant: () => void): void {
    if (!Array.isArray(data) || this.#hasEnded) return
    // Another stream of the same request would begin with the items that came.
    this.#info.idempotent = false
    this.#grant = grant
    this.#came += data.length
    this.#bytes += bytes
    for (const item of data) this.#queue.push(item as Item)
    while (this.#readers.length > 0 && this.#hasItem) this.#readers.shift()?.resolve(this.#take())
  }

  resumed(): void {
    if (this.#credit > STREAM_CREDIT) this.#grant()
  }

  lost(): void {
    this.#controller.abort(this.#failureOf('stream_lost', 'items were lost'))
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#hasItem) return this.#take()
    if (!this.#hasEnded) return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }))
    const [...reasons] = this.#failure
    this.#failure = []
    for (const reason of reasons) throw reason
    return DONE
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    if (!this.#hasEnded) this.#abort(this.#failureOf('cancelled', 'its reader broke off'))
    this.#drop()
    this.#failure = []
    this.#end()
    return DONE
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  get #hasItem(): boolean {
    return this.#head < this.#queue.length
  }

  #take(): IteratorResult<Item, undefined> {
    const value = this.#queue[this.#head] as Item
    this.#head += 1
    this.#read += 1
    if (!this.#hasItem) this.#drop()
    this.#refill()
    return { value, done: false }
  }

  #drop(): void {
    this.#queue = []
    this.#head = 0
  }

  /** Takes more once half of what may come was read; twice as much when the reader waits for the network. */
  #refill(): void {
    if (this.#hasEnded || this.#credit - this.#read > this.#window / 2) return
    const wanted = this.#hasItem ? this.#window : Math.min(this.#window * 2, MAX_STREAM_CREDIT)
    this.#window = Math.max(1, Math.min(wanted, Math.floor((STREAM_WINDOW_BYTES * this.#came) / this.#bytes)))
    const credit = this.#read + this.#window
    if (credit <= this.#credit) return
    this.#credit = credit
    this.#grant()
  }

  /** Ends it for a reason of the reader's own. */
  #abort(reason: unknown): void {
    this.#drop()
    this.#controller.abort(reason)
  }

  /** Notes why it ended. */
  #fail(error: unknown): unknown {
    const isLost = this.#came > 0 && error instanceof CommandError && error.code === 'outcome_unknown'
    const reason = isLost ? this.#failureOf('stream_lost', error.msg) : error
    if (!this.#hasEnded) this.#failure = [reason]
    return reason
  }

  #end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    for (const reader of this.#readers.splice(0)) this.next().then(reader.resolve, reader.reject)
  }

  #failureOf(code: FrameworkCode, msg: string): CommandError {
    return failure({ cmd: this.#info.cmd, seqno: '' }, code, { msg })
  }
}

const DONE: IteratorResult<never, undefined> = { value: undefined, done: true }
