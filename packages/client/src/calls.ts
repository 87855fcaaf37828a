import { CommandError, createSeqnoSource, type Response, STATUS } from '@wsrv/protocol'
import { type Call, createCall } from './call.ts'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { because, disconnected, failure } from './failure.ts'
import type { Settings } from './settings.ts'
import type { ConnectionClose } from './transport.ts'

/** What {@link Calls} call back: how calls reach the server. */
export interface CallsCallbacks {
  /**
   * Sends a call's request; false when there is no connection to send it on: the call waits.
   *
   * @throws TypeError when its data cannot be written; CommandError when it is too large for the server.
   */
  send(call: Call): boolean
  /** Whether a connection may still come for calls to wait for: false once the client is closed. */
  isComing(): boolean
  /** A sent call was given up: its deadline passed, or its signal fired. */
  givenUp(call: Call): void
  /** Renews the credentials that a call was refused for; `undefined` when that cannot help. */
  refreshAuth(call: Call): Promise<unknown> | undefined
}

/** Options of a call, the client's own included. */
export interface StartOptions extends CallOptions {
  /** False: fails at once when there is no connection to leave on. Default true. */
  readonly mayWait?: boolean
}

/**
 * The unsettled calls, by seqno: those that are sent wait for their reply, the others, in the outbox, for a connection.
 * PROTOCOL.md §Lost connections.
 */
export class Calls {
  readonly #callbacks: CallsCallbacks
  readonly #settings: Settings
  readonly #nextSeqno: () => string
  readonly #calls = new Map<string, Call>()
  #lastSeqno = ''
  #lastClose: ConnectionClose | undefined

  constructor(callbacks: CallsCallbacks, settings: Settings) {
    this.#callbacks = callbacks
    this.#settings = settings
    this.#nextSeqno = createSeqnoSource(settings.random)
  }

  /** Makes a call; see `WsrvClient.call`. */
  start(info: CommandInfo, data: unknown, { signal, timeoutMs, mayWait }: StartOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      this.#lastSeqno = this.#nextSeqno()
      const call = createCall({
        info,
        data,
        signal,
        resolve,
        reject,
        seqno: this.#lastSeqno,
        timeoutMs: timeoutMs ?? info.timeoutMs ?? this.#settings.timeoutMs,
        clock: this.#settings.clock,
        givenUp: (given, reason) => {
          this.#settle(given, reason)
          if (given.isSent) this.#callbacks.givenUp(given)
        },
      })
      this.#calls.set(call.seqno, call)
      if (!this.#send(call)) this.#wait(call, mayWait)
    })
  }

  /** Sends what waits, in order: there is a connection. */
  flush(): void {
    for (const call of this.#calls.values()) if (!call.isSent && !this.#send(call)) return
  }

  /** Settles the call that a message answers; false when there is no such call. */
  answer(response: Response): boolean {
    const call = this.#calls.get(response.seqno)
    if (!call?.isSent || call.cmd !== response.cmd) return false
    if (response.status === STATUS.unauthenticated && this.#retry(call, response)) return true
    this.#calls.delete(call.seqno)
    call.answer(response)
    return true
  }

  /** Whether this client created the seqno: all of its seqnos share one random prefix. */
  isOwn(seqno: string): boolean {
    return seqno.slice(0, OWN_CHARS) === this.#lastSeqno.slice(0, OWN_CHARS)
  }

  /** The connection is gone: what was sent is sent again if it may be; the rest fails now. */
  dropped(close: ConnectionClose): void {
    this.#lastClose = close
    for (const call of this.#calls.values()) {
      if (call.isSent && !call.info.idempotent) {
        const msg = `no reply before the connection was lost${because(close)}`
        this.#settle(call, failure(call, 'outcome_unknown', { msg }))
      }
      call.isSent = false
    }
  }

  /** The client is closed: everything fails now. */
  closed(close: ConnectionClose | undefined): void {
    this.#lastClose = close
    for (const call of this.#calls.values()) this.#disconnect(call)
  }

  /** False when the call has to wait for a connection; true when it was sent, or has failed. */
  #send(call: Call): boolean {
    try {
      call.isSent = this.#callbacks.send(call)
      return call.isSent
    } catch (error) {
      const msg = `data cannot be written: ${(error as Error).message}`
      this.#settle(call, error instanceof CommandError ? error : failure(call, 'bad_request', { msg, cause: error }))
      return true
    }
  }

  #wait(call: Call, mayWait = true): void {
    if (!mayWait || !this.#callbacks.isComing()) {
      this.#disconnect(call)
      return
    }
    const { maxCalls, overflow } = this.#settings.outbox
    const outbox = [...this.#calls.values()].filter(({ isSent }) => !isSent)
    if (outbox.length <= maxCalls) return
    const [oldest = call] = outbox
    const surplus = overflow === 'reject_oldest' ? oldest : call
    this.#settle(surplus, failure(surplus, 'queue_full', { msg: `the outbox is full (${maxCalls} calls)` }))
  }

  /** Sends a refused call again, once, after the credentials were renewed: the server has not run it. */
  #retry(call: Call, refusal: Response): boolean {
    const refreshing = call.isRetried ? undefined : this.#callbacks.refreshAuth(call)
    if (!refreshing) return false
    call.isRetried = true
    call.isSent = false
    refreshing.then(
      () => this.flush(),
      () => {
        if (this.#calls.delete(call.seqno)) call.answer(refusal)
      },
    )
    return true
  }

  #disconnect(call: Call): void {
    this.#settle(call, disconnected(call, this.#lastClose))
  }

  #settle(call: Call, reason: unknown): void {
    this.#calls.delete(call.seqno)
    call.reject(reason)
  }
}

/** Characters of a seqno that all of a source's have in common. */
const OWN_CHARS = 7
