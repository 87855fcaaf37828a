import {
  CommandError,
  createSeqnoSource,
  isReservedCmd,
  MESSAGE_TOO_BIG,
  type Response,
  STATUS,
  type Timer,
} from '@wsrv/protocol'
import { type Call, createCall, reasonOf } from './call.ts'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { because, disconnected, type FailureReason, failure, textOf } from './failure.ts'
import type { Settings } from './settings.ts'
import type { ConnectionClose } from './transport.ts'

/** What {@link Calls} call back: how calls reach the server. */
export interface CallsCallbacks {
  /** Whether a call may leave now, with so many in flight. */
  mayLeave(call: Call, inFlight: number): boolean
  /**
   * Sends a call's request; false when the connection does not take it: the call waits.
   *
   * @throws TypeError when its data cannot be written; CommandError when it is too large for the server.
   */
  send(call: Call): boolean
  /** Whether a connection may still come for calls to wait for: false once the client is closed. */
  isComing(): boolean
  /** Why calls do not leave now, in words and with the error behind it. */
  obstacle(): FailureReason
  /** A sent call was given up; false when the server cannot be asked to stop, and will answer all the same. */
  cancel(call: Call): boolean
  /** Calls that were given up are still unanswered after a while, and nothing else may leave before they are. */
  stuck(): void
  /** Renews the credentials that a call was refused for; `undefined` when that cannot help. */
  refreshAuth(call: Call): Promise<unknown> | undefined
}

/** Options of a call, the client's own included. */
export interface StartOptions extends CallOptions {
  /** See {@link Call.isBound}. Default false. */
  readonly isBound?: boolean
}

/**
 * The unsettled calls. Each is in one of three places: sent and not answered, ahead of the outbox (it was sent before, or
 * belongs to the connection), or in the outbox. PROTOCOL.md §Lost connections.
 */
export class Calls {
  readonly #callbacks: CallsCallbacks
  readonly #settings: Settings
  readonly #nextSeqno: () => string
  readonly #sent = new Map<string, Call>()
  readonly #ahead = new Map<string, Call>()
  readonly #outbox = new Map<string, Call>()
  /** Sent, given up, and still to be answered by a server that cannot be asked to stop. */
  readonly #abandoned = new Set<string>()
  #stuckTimer: Timer | undefined
  /** The end of the time that the server asked for, by the clock in ms. */
  #pausedUntil = 0
  #pause: Timer | undefined
  #lastSeqno = ''
  #lastClose: ConnectionClose | undefined

  constructor(callbacks: CallsCallbacks, settings: Settings) {
    this.#callbacks = callbacks
    this.#settings = settings
    this.#nextSeqno = createSeqnoSource(settings.random)
  }

  /** Requests that were sent and are not answered. */
  get inFlight(): number {
    return this.#sent.size + this.#abandoned.size
  }

  /** Whether a call was sent that is not answered; pings do not count. */
  get areAwaited(): boolean {
    for (const { cmd } of this.#sent.values()) if (!isReservedCmd(cmd)) return true
    return false
  }

  /** Whether there are unsettled calls. */
  get areNeeded(): boolean {
    return this.#outbox.size + this.#ahead.size + this.#sent.size > 0
  }

  /** Makes a call; see `WsrvClient.call`. */
  start(info: CommandInfo, data: unknown, { signal, timeoutMs, isBound = false }: StartOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal))
        return
      }
      if (signal && !signal.addEventListener) throw new TypeError('signal must be an AbortSignal')
      this.#lastSeqno = this.#nextSeqno()
      const call = createCall({
        info,
        data,
        signal,
        isBound,
        resolve,
        reject,
        seqno: this.#lastSeqno,
        timeoutMs: timeoutMs ?? info.timeoutMs ?? this.#settings.timeoutMs,
        clock: this.#settings.clock,
        timedOut: (late) => this.#giveUp(late, this.#timeout(late)),
        aborted: (aborted, reason) => this.#giveUp(aborted, reason),
      })
      if (!this.#callbacks.isComing()) {
        this.#disconnect(call)
        return
      }
      const lane = isBound ? this.#ahead : this.#outbox
      lane.set(call.seqno, call)
      this.flush()
      this.#bound(call)
    })
  }

  /** Sends what waits and may leave, in order. */
  flush(): void {
    for (const call of this.#ahead.values()) this.#leave(call, this.#ahead)
    if (this.#settings.clock.now() < this.#pausedUntil) return
    for (const call of this.#outbox.values()) if (!this.#leave(call, this.#outbox)) return
  }

  /** Settles the call that a message answers; false when there is no such call. */
  answer(response: Response): boolean {
    const { seqno } = response
    const call = this.#sent.get(seqno)
    const isExpected = call?.cmd === response.cmd
    if (isExpected) {
      this.#sent.delete(seqno)
      if (!response.notRun || !this.#retry(call, response)) call.answer(response)
    }
    if (isExpected || this.#abandoned.delete(seqno)) this.flush()
    return isExpected
  }

  /** Whether this client created the seqno: all of its seqnos share one random prefix. */
  isOwn(seqno: string): boolean {
    return seqno.slice(0, OWN_CHARS) === this.#lastSeqno.slice(0, OWN_CHARS)
  }

  /** The connection is gone: what was sent is sent again if it may be; the others fail now. */
  dropped(close: ConnectionClose): void {
    this.#lastClose = close
    this.#resume()
    const lost = [...this.#sent]
    const waiting = [...this.#ahead]
    const poison = close.code === MESSAGE_TOO_BIG ? largestOf(this.#sent) : undefined
    this.#sent.clear()
    this.#ahead.clear()
    for (const [seqno, call] of lost) {
      if (call === poison)
        this.#settle(call, failure(call, 'too_large', { msg: `refused by the connection${because(close)}` }))
      else if (!call.info.idempotent) this.#lose(call, close)
      else if (call.isBound) this.#disconnect(call)
      else this.#ahead.set(seqno, call)
    }
    for (const [seqno, call] of waiting) {
      if (call.isBound) this.#disconnect(call)
      else this.#ahead.set(seqno, call)
    }
    for (const call of this.#ahead.values()) call.heldUntil = 0
  }

  /** The client is closed: everything fails now. */
  closed(close: ConnectionClose | undefined): void {
    this.#lastClose = close
    this.#resume()
    for (const call of this.#sent.values()) {
      if (call.info.idempotent) this.#disconnect(call)
      else this.#lose(call, close)
    }
    for (const lane of [this.#ahead, this.#outbox]) for (const call of lane.values()) this.#disconnect(call)
  }

  /** False when the call has to wait; true when it was sent, or has failed. */
  #leave(call: Call, lane: Map<string, Call>): boolean {
    if (this.#settings.clock.now() < call.heldUntil || !this.#callbacks.mayLeave(call, this.inFlight)) return false
    try {
      // Noted first: the heartbeat asks at once whether a call is in flight.
      this.#sent.set(call.seqno, call)
      if (!this.#callbacks.send(call)) {
        this.#sent.delete(call.seqno)
        return false
      }
      lane.delete(call.seqno)
    } catch (error) {
      const msg = `data cannot be written: ${textOf(error)}`
      this.#settle(call, error instanceof CommandError ? error : failure(call, 'bad_request', { msg, cause: error }))
    }
    return true
  }

  /** Keeps the outbox within its bounds after a call has come in. */
  #bound(call: Call): void {
    const { maxCalls, overflow } = this.#settings.outbox
    if (this.#outbox.size <= maxCalls) return
    const [oldest = call] = this.#outbox.values()
    const surplus = overflow === 'reject_oldest' ? oldest : call
    this.#settle(surplus, failure(surplus, 'queue_full', { msg: `the outbox is full (${maxCalls} calls)` }))
  }

  #giveUp(call: Call, reason: unknown): void {
    const wasSent = this.#sent.has(call.seqno)
    this.#settle(call, reason)
    if (!wasSent || this.#callbacks.cancel(call)) return
    this.#abandoned.add(call.seqno)
    this.#stuckTimer ??= this.#settings.clock.setTimeout(() => {
      if (this.#abandoned.size > 0) this.#callbacks.stuck()
    }, STUCK_MS)
  }

  #timeout(call: Call): CommandError {
    const within = `within ${call.timeoutMs} ms`
    if (this.#sent.has(call.seqno)) return failure(call, 'timeout', { msg: `no reply ${within}` })
    const { msg, cause } = this.#callbacks.obstacle()
    return failure(call, 'timeout', { msg: `not sent ${within}: ${msg}`, cause })
  }

  /** Sends a call again that the server refused without running it, once what it was refused for has passed. */
  #retry(call: Call, refusal: Response): boolean {
    const { status } = refusal
    if (status === STATUS.unauthenticated) return this.#retryWithAuth(call, refusal)
    if (status !== STATUS.rate_limited && status !== STATUS.unavailable) return false
    const { clock } = this.#settings
    const { retryAfterMs } = Object(refusal.data) as { readonly retryAfterMs: number }
    const heldUntil = Math.max(this.#pausedUntil, clock.now() + retryAfterMs)
    // False also of what is not a number.
    if (!(heldUntil < call.deadlineAt)) return false
    call.heldUntil = this.#pausedUntil = heldUntil
    this.#ahead.set(call.seqno, call)
    clock.clearTimeout(this.#pause)
    this.#pause = clock.setTimeout(() => this.flush(), heldUntil - clock.now())
    return true
  }

  #retryWithAuth(call: Call, refusal: Response): boolean {
    const refreshing = call.isRetried ? undefined : this.#callbacks.refreshAuth(call)
    if (!refreshing) return false
    call.isRetried = true
    call.heldUntil = Infinity
    this.#ahead.set(call.seqno, call)
    refreshing.then(
      () => {
        call.heldUntil = 0
        this.flush()
      },
      () => {
        if (this.#ahead.delete(call.seqno)) call.answer(refusal)
      },
    )
    return true
  }

  /** Forgets what the connection was waited for. */
  #resume(): void {
    const { clock } = this.#settings
    clock.clearTimeout(this.#pause)
    clock.clearTimeout(this.#stuckTimer)
    this.#stuckTimer = undefined
    this.#pausedUntil = 0
    this.#abandoned.clear()
  }

  #lose(call: Call, close: ConnectionClose | undefined): void {
    this.#settle(
      call,
      failure(call, 'outcome_unknown', { msg: `no reply before the connection was lost${because(close)}` }),
    )
  }

  #disconnect(call: Call): void {
    this.#settle(call, disconnected(call, this.#lastClose))
  }

  #settle(call: Call, reason: unknown): void {
    for (const place of [this.#sent, this.#ahead, this.#outbox]) place.delete(call.seqno)
    call.reject(reason)
  }
}

function largestOf(calls: ReadonlyMap<string, Call>): Call | undefined {
  return [...calls.values()].sort((a, b) => b.bytes - a.bytes)[0]
}

/** Characters of a seqno that all of a source's have in common. */
const OWN_CHARS = 7

/** Time that a server which cannot be asked to stop has to answer a call after it was given up, in ms. */
const STUCK_MS = 5_000
