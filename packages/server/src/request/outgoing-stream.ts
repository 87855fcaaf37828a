import type { Clock, Codec } from '@wsrv/protocol'
import type { Reporter } from '../observer/reporter.ts'
import type { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import { summarizeIssues } from '../validation/issues.ts'
import { REPLY } from './context.ts'
import { ItemBatch } from './item-batch.ts'
import type { RequestContext } from './request-context.ts'

/** What streams need of the rest of the server. */
export interface OutgoingStreamOptions {
  readonly clock: Clock
  readonly codec: Codec
  readonly reporter: Reporter
  /** Time for which a stream waits for its reader, in ms. */
  readonly idleMs: number
  /** Whether so much is on its way to a stream's reader that it has to wait. */
  readonly isBraked: (context: RequestContext) => boolean
}

/**
 * One stream: takes items from its handler as far as its reader has given credit and takes what it is sent. PROTOCOL.md §Streams.
 */
export class OutgoingStream {
  readonly #context: RequestContext
  readonly #options: OutgoingStreamOptions
  readonly #schema: OutgoingSchema
  readonly #batch: ItemBatch
  /** Items that the reader takes in all, and those that were sent. */
  #credit: number
  #sent = 0
  #isStopped = false
  #proceed: () => void = () => undefined

  constructor(context: RequestContext, schema: OutgoingSchema, options: OutgoingStreamOptions) {
    this.#context = context
    this.#schema = schema
    this.#options = options
    this.#credit = context.credit ?? 0
    this.#batch = new ItemBatch(context, options.codec, schema)
  }

  /** The reader takes so many items in all; fewer than before means nothing. */
  grant(items: number): void {
    this.#credit = Math.max(this.#credit, items)
    this.wake()
  }

  /** Looks again whether it may go on. */
  wake(): void {
    if (this.#isStopped || !this.#isHeld) this.#proceed()
  }

  /** Sends what a handler yields; resolves with what it returns, once it has ended. Rejects with what it throws. */
  async drain(items: AsyncIterator<unknown, unknown>): Promise<unknown> {
    const { signal } = this.#context
    let returning: Promise<unknown> | undefined
    const end = (): Promise<unknown> => {
      returning ??= Promise.resolve(items.return?.())
      return returning
    }
    const stop = (): void => {
      this.#isStopped = true
      this.#batch.clear()
      // Not awaited: a generator that waits for something does not come to its end before that has come. What it throws then is
      // looked at below.
      end().catch(() => undefined)
      this.#proceed()
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    try {
      while (await this.#mayPull()) {
        const { done, value } = await items.next()
        if (this.#isStopped) break
        if (done) return value
        if (!this.#take(value)) break
      }
      await end()
      return REPLY
    } finally {
      signal.removeEventListener('abort', stop)
      this.#batch.flush()
    }
  }

  get #isHeld(): boolean {
    return this.#sent >= this.#credit || this.#options.isBraked(this.#context)
  }

  /** Waits until an item may be sent; false when none is wanted any more. */
  async #mayPull(): Promise<boolean> {
    if (!this.#isStopped && this.#isHeld) {
      const { clock, idleMs } = this.#options
      this.#batch.flush()
      const timer = clock.setTimeout(() => this.#expire(), idleMs)
      while (!this.#isStopped && this.#isHeld) {
        await new Promise<void>((resolve) => {
          this.#proceed = resolve
        })
      }
      clock.clearTimeout(timer)
    }
    return !this.#isStopped
  }

  /** Takes one item; false when it is not one of the contract's: the request is answered with 500. */
  #take(item: unknown): boolean {
    const context = this.#context
    try {
      if (!this.#schema.accepts(item)) throw this.#problemOf(item)
      this.#batch.add(item)
    } catch (error) {
      context.failInternally('bad_response', error)
      return false
    }
    // The first item is an answer in time; how long the stream goes on is its own affair.
    if (this.#sent === 0) context.deadline?.cancel()
    this.#sent += 1
    return true
  }

  #problemOf(item: unknown): TypeError {
    return new TypeError(`${this.#context.cmd} yielded a bad item: ${summarizeIssues(this.#schema.issues(item, 1))}`)
  }

  #expire(): void {
    const { idleMs, reporter } = this.#options
    const { sid, cmd, seqno } = this.#context
    reporter.limitReached({ limit: 'streamIdleMs', value: idleMs, sid, cmd, seqno })
    this.#context.expire(`its reader took nothing for ${idleMs} ms`)
  }
}
