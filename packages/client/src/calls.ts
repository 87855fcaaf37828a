import { createSeqnoSource, type Response } from '@wsrv/protocol'
import { Call } from './call.ts'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { PendingCalls } from './pending-calls.ts'
import type { Settings } from './settings.ts'
import type { ConnectionClose } from './transport.ts'

/** How calls reach the server. */
export interface CallRoute {
  /**
   * Sends a call's request; false when there is no connection to send it on: the call waits.
   *
   * @throws TypeError when its data cannot be written.
   */
  send(call: Call): boolean
  /** Whether a connection may still come for calls to wait for: false once the client is closed. */
  isComing(): boolean
}

/**
 * Every unsettled call, in one of two places: the outbox (not sent) or the table of pending calls (sent, not answered).
 * PROTOCOL.md §Lost connections.
 */
export class Calls {
  readonly #route: CallRoute
  readonly #settings: Settings
  readonly #nextSeqno: () => string
  readonly #pending = new PendingCalls<Call>()
  #outbox = new Map<string, Call>()
  #seqnoPrefix = ''
  #lastClose: ConnectionClose | undefined

  constructor(route: CallRoute, settings: Settings) {
    this.#route = route
    this.#settings = settings
    this.#nextSeqno = createSeqnoSource(settings.random)
  }

  /** Makes a call; see `WsrvClient.call`. */
  start(info: CommandInfo, data: unknown, options: CallOptions): Promise<unknown> {
    const { signal } = options
    if (signal?.aborted) return Promise.reject(signal.reason)
    const call = new Call({
      info,
      data,
      signal,
      seqno: this.#nextSeqno(),
      timeoutMs: options.timeoutMs ?? info.timeoutMs ?? this.#settings.timeoutMs,
      clock: this.#settings.clock,
      givenUp: (given, reason) => this.#giveUp(given, reason),
    })
    this.#seqnoPrefix ||= call.seqno.slice(0, call.seqno.indexOf('-') + 1)
    if (!this.#send(call)) this.#wait(call)
    return call.outcome
  }

  /** Sends what waits, in order: there is a connection. */
  flush(): void {
    for (const call of this.#outbox.values()) {
      if (!this.#send(call)) return
      this.#outbox.delete(call.seqno)
    }
  }

  /** Settles the call that a message answers; false when it answers none. */
  answer(response: Response): boolean {
    const call = this.#pending.take(response)
    call?.answer(response)
    return call !== undefined
  }

  /** Whether a seqno is of this client's making. */
  isOwn(seqno: string): boolean {
    return this.#seqnoPrefix !== '' && seqno.startsWith(this.#seqnoPrefix)
  }

  /** The connection is gone: what was sent is sent again if it may be, ahead of what waits; the rest fails now. */
  dropped(close: ConnectionClose): void {
    this.#lastClose = close
    const waiting = this.#outbox
    this.#outbox = new Map()
    for (const call of this.#pending.drain()) {
      if (call.info.idempotent) this.#outbox.set(call.seqno, call)
      else call.reject(call.failure('outcome_unknown', `the connection was lost before the reply${because(close)}`))
    }
    for (const call of waiting.values()) this.#outbox.set(call.seqno, call)
  }

  /** The client is closed: everything fails now. */
  closed(close: ConnectionClose | undefined): void {
    this.#lastClose = close
    for (const call of [...this.#pending.drain(), ...this.#outbox.values()]) call.reject(this.#disconnected(call))
    this.#outbox.clear()
  }

  #send(call: Call): boolean {
    this.#pending.add(call)
    try {
      if (this.#route.send(call)) return true
    } catch (error) {
      this.#pending.delete(call.seqno)
      call.reject(call.failure('bad_request', `data cannot be written: ${(error as Error).message}`, { cause: error }))
      return true
    }
    this.#pending.delete(call.seqno)
    return false
  }

  #wait(call: Call): void {
    const { maxCalls, overflow } = this.#settings.outbox
    if (!this.#route.isComing()) {
      call.reject(this.#disconnected(call))
      return
    }
    this.#outbox.set(call.seqno, call)
    if (this.#outbox.size <= maxCalls) return
    const [oldest = call] = this.#outbox.values()
    const surplus = overflow === 'reject_oldest' ? oldest : call
    this.#outbox.delete(surplus.seqno)
    surplus.reject(surplus.failure('queue_full', `${maxCalls} calls already wait for a connection`))
  }

  #giveUp(call: Call, reason: unknown): void {
    this.#pending.delete(call.seqno)
    this.#outbox.delete(call.seqno)
    call.reject(reason)
  }

  #disconnected(call: Call): Error {
    return call.failure('disconnected', `the client is closed${because(this.#lastClose)}`)
  }
}

/** A close in words, for the end of a sentence. */
function because(close: ConnectionClose | undefined): string {
  return close ? ` (close code ${close.code}${close.reason && `: ${close.reason}`})` : ''
}
