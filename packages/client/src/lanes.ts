import { MESSAGE_TOO_BIG } from '@wsrv/protocol'
import type { Call } from './call.ts'
import { because, disconnected, failure } from './failure.ts'
import type { ConnectionClose } from './transport.ts'

/**
 * Where the unsettled calls are, and what becomes of them when their connection or their session goes. Each is in one of three
 * places: sent and not answered, ahead of the outbox (it was sent before, or belongs to the connection), or in the outbox.
 * PROTOCOL.md §Lost connections.
 */
export class Lanes {
  readonly sent: Map<string, Call> = new Map()
  readonly ahead: Map<string, Call> = new Map()
  readonly outbox: Map<string, Call> = new Map()
  /** Why the connection was closed, when a message was too big for it. */
  #poison: ConnectionClose | undefined
  #lastClose: ConnectionClose | undefined
  #waiting = this.outbox.values()
  #oldest: Call | undefined

  /**
   * The call that has waited longest in the outbox. Found where the last one was left off: a `Map` is slow to iterate past what was
   * deleted from its front, so to begin at the front each time is quadratic.
   */
  get oldest(): Call | undefined {
    while (this.outbox.size > 0) {
      if (this.#oldest && this.outbox.has(this.#oldest.seqno)) return this.#oldest
      this.#oldest = this.#waiting.next().value
      // An iterator that has come to the end stays there.
      if (!this.#oldest) this.#waiting = this.outbox.values()
    }
    return undefined
  }

  /** Whether there are calls. */
  get areNeeded(): boolean {
    return this.outbox.size + this.ahead.size + this.sent.size > 0
  }

  /** Whether any call was sent and not answered. */
  get areSent(): boolean {
    return this.sent.size > 0
  }

  /** Links that a call which waits for its answer was on when they fell silent, at most. */
  get silences(): number {
    return Math.max(0, ...[...this.sent.values()].map((call) => call.silences))
  }

  /** The link is silent: what is on it may be what takes so long. */
  silent(): void {
    for (const call of this.sent.values()) call.silences += 1
  }

  /** What was sent will not be answered: it is sent again if it may be; the others fail now. */
  lost(close: ConnectionClose): void {
    const waiting = [...this.ahead.values()]
    const poison = close.code === MESSAGE_TOO_BIG ? largestOf(this.sent) : undefined
    this.ahead.clear()
    for (const call of this.sent.values()) {
      if (call.isBound) continue
      this.sent.delete(call.seqno)
      if (call === poison) this.#refuse(call, close)
      else if (call.info.idempotent) this.ahead.set(call.seqno, call)
      else this.#lose(call, close)
    }
    for (const call of waiting) this.ahead.set(call.seqno, call)
    for (const call of this.ahead.values()) call.heldUntil = 0
  }

  /** The connection is gone, but its session may come back: what was sent is neither sent again nor given up yet. */
  doubt(close: ConnectionClose): void {
    this.unbind(close)
    this.#poison = close.code === MESSAGE_TOO_BIG ? close : undefined
  }

  /** The session came back: what the server has not received is sent again, ahead of what waits. */
  resume(received: number): void {
    const again = [...this.sent.values()].filter(({ number }) => number > received).sort((a, b) => a.number - b.number)
    const waiting = [...this.ahead.values()]
    this.ahead.clear()
    // The first that was not received is what the connection was closed for.
    const poison = this.#poison && again.shift()
    if (poison) this.#refuse(poison, this.#poison)
    this.#poison = undefined
    for (const call of [...again, ...waiting]) {
      this.sent.delete(call.seqno)
      call.heldUntil = 0
      this.ahead.set(call.seqno, call)
    }
  }

  /** The server has forgotten a call's reply: it is made again if it may be. */
  missed(seqno: string): void {
    const call = this.sent.get(seqno)
    if (call === undefined) return
    this.sent.delete(seqno)
    if (call.info.idempotent) this.ahead.set(seqno, call)
    else this.settle(call, failure(call, 'outcome_unknown', { msg: 'its reply was lost' }))
  }

  /** A call's reply came and cannot be read. */
  unreadable(seqno: string): void {
    const call = this.sent.get(seqno)
    if (call !== undefined) this.settle(call, failure(call, 'outcome_unknown', { msg: 'its reply cannot be read' }))
  }

  /**
   * The server says who the client is: what was asked in another's name is not asked in this one's. Calls that were made before
   * it ever said so are the first one's.
   */
  identify(identity: string | undefined): void {
    for (const lane of [this.sent, this.ahead, this.outbox]) {
      for (const call of lane.values()) {
        call.identity ??= identity
        if (call.isBound || call.identity === identity) continue
        if (call.number > 0) this.#lose(call, undefined)
        else this.disconnect(call)
      }
    }
  }

  /** The client is closed: everything fails now. */
  closed(close: ConnectionClose | undefined): void {
    this.#lastClose = close
    for (const call of this.sent.values()) {
      if (call.info.idempotent) this.disconnect(call)
      else this.#lose(call, close)
    }
    for (const lane of [this.ahead, this.outbox]) for (const call of lane.values()) this.disconnect(call)
  }

  /** The connection is gone: what belongs to it fails. */
  unbind(close: ConnectionClose): void {
    this.#lastClose = close
    for (const lane of [this.sent, this.ahead]) {
      for (const call of lane.values()) {
        if (!call.isBound) continue
        if (lane === this.sent && !call.info.idempotent) this.#lose(call, close)
        else this.disconnect(call)
      }
    }
  }

  #refuse(call: Call, close: ConnectionClose | undefined): void {
    this.settle(call, failure(call, 'too_large', { msg: `refused by the connection${because(close)}` }))
  }

  #lose(call: Call, close: ConnectionClose | undefined): void {
    this.settle(
      call,
      failure(call, 'outcome_unknown', { msg: `no reply before the connection was lost${because(close)}` }),
    )
  }

  /** Fails a call that has not been sent, or may be made again. */
  disconnect(call: Call): void {
    this.settle(call, disconnected(call, this.#lastClose))
  }

  /** Fails a call. */
  settle(call: Call, reason: unknown): void {
    for (const place of [this.sent, this.ahead, this.outbox]) place.delete(call.seqno)
    call.reject(reason)
  }
}

function largestOf(calls: ReadonlyMap<string, Call>): Call | undefined {
  return [...calls.values()].sort((a, b) => b.bytes - a.bytes)[0]
}
