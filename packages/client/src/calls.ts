import { CommandError, createSeqnoSource, isReservedCmd, type Response, STATUS, type Timer } from '@wsrv/protocol'
import { type Call, createCall, reasonOf } from './call.ts'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { type FailureReason, failure, textOf, tracing } from './failure.ts'
import { Lanes } from './lanes.ts'
import { Refusals, type RefusalsCallbacks } from './refusals.ts'
import type { Settings } from './settings.ts'
import type { ConnectionClose } from './transport.ts'

/** What {@link Calls} call back: how calls reach the server. */
export interface CallsCallbacks extends Pick<RefusalsCallbacks, 'refreshAuth'> {
  /** Whether a call may leave now, with so many in flight. */
  mayLeave(call: Call, inFlight: number): boolean
  /**
   * Sends a call's request; false when the connection does not take it: the call waits.
   *
   * @throws TypeError when its data cannot be written; CommandError when it is too large for the server.
   */
  send(call: Call): boolean
  /** Tells the server how many items of a call's stream are taken. */
  credit(call: Call): void
  /** Whether a connection may still come for calls to wait for: false once the client is closed. */
  isComing(): boolean
  /** Why calls do not leave now, in words and with the error behind it. */
  obstacle(): FailureReason
  /** A sent call was given up; false when the server cannot be asked to stop, and will answer all the same. */
  cancel(call: Call): boolean
  /** Calls that were given up are still unanswered after a while, and nothing else may leave before they are. */
  stuck(): void
  /** Stands for the identity that calls are made under now. */
  identity(): string | undefined
}

/** Options of a call, the client's own included. */
export interface StartOptions extends CallOptions {
  /** See {@link Call.isBound}. Default false. */
  readonly isBound?: boolean
}

/** Makes calls, lets them leave in order, and settles each with its answer, its deadline or its signal. */
export class Calls {
  readonly #callbacks: CallsCallbacks
  readonly #settings: Settings
  readonly #nextSeqno: () => string
  readonly lanes: Lanes = new Lanes()
  readonly #refusals: Refusals
  /** Sent, given up, and still to be answered by a server that cannot be asked to stop. */
  readonly #abandoned = new Set<string>()
  #stuckTimer: Timer | undefined
  #lastSeqno = ''

  constructor(callbacks: CallsCallbacks, settings: Settings) {
    this.#callbacks = callbacks
    this.#settings = settings
    this.#nextSeqno = createSeqnoSource(settings.random)
    this.#refusals = new Refusals(
      { flush: () => this.flush(), refreshAuth: (call) => callbacks.refreshAuth(call) },
      this.lanes,
      settings,
    )
  }

  /** Requests that were sent and are not answered. */
  get inFlight(): number {
    return this.lanes.sent.size + this.#abandoned.size
  }

  /** Whether a call was sent that is not answered; pings do not count. */
  get areAwaited(): boolean {
    for (const { cmd } of this.lanes.sent.values()) if (!isReservedCmd(cmd)) return true
    return false
  }

  /** Makes a call; see `WsrvClient.call`. */
  start(info: CommandInfo, data: unknown, { signal, timeoutMs, isBound = false }: StartOptions): Promise<unknown> {
    const answer = new Promise((resolve, reject) => {
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
        identity: this.#callbacks.identity(),
        resolve,
        reject,
        seqno: this.#lastSeqno,
        timeoutMs: timeoutMs ?? info.timeoutMs ?? this.#settings.timeoutMs,
        clock: this.#settings.clock,
        timedOut: (late) => this.#giveUp(late, this.#timeout(late)),
        aborted: (aborted, reason) => this.#giveUp(aborted, reason),
      })
      if (!this.#callbacks.isComing()) {
        this.lanes.disconnect(call)
        return
      }
      const lane = isBound ? this.lanes.ahead : this.lanes.outbox
      lane.set(call.seqno, call)
      this.flush()
      this.#bound(call)
    })
    return tracing(answer)
  }

  /** Sends what waits and may leave, in order. */
  flush(): void {
    for (const call of this.lanes.ahead.values()) this.#leave(call, this.lanes.ahead)
    if (this.#refusals.arePaused) return
    while (this.lanes.oldest && this.#leave(this.lanes.oldest, this.lanes.outbox));
  }

  /** Settles the call that a message answers, or hands it the items of its stream; false when there is no such call. */
  answer(response: Response, bytes: number): boolean {
    const { seqno, status, data } = response
    const call = this.lanes.sent.get(seqno)
    const isExpected = call?.cmd === response.cmd
    if (status === STATUS.item && this.isOwn(seqno)) {
      if (!isExpected) return true
      call.begin()
      call.info.stream?.items(data, bytes, () => this.#callbacks.credit(call))
      return true
    }
    if (isExpected) {
      this.lanes.sent.delete(seqno)
      if (!response.notRun || !this.#refusals.retry(call, response)) call.answer(response)
    }
    if (isExpected || this.#abandoned.delete(seqno)) this.flush()
    return isExpected
  }

  /** Whether this client created the seqno: all of its seqnos share one random prefix. */
  isOwn(seqno: string): boolean {
    return seqno.slice(0, OWN_CHARS) === this.#lastSeqno.slice(0, OWN_CHARS)
  }

  /** The connection is gone, and no session will bring its calls back; see {@link Lanes.lost}. */
  dropped(close: ConnectionClose): void {
    this.#forget()
    this.lanes.unbind(close)
    this.lanes.lost(close)
  }

  /** The connection is gone, but its session may come back; see {@link Lanes.doubt}. */
  doubt(close: ConnectionClose): void {
    this.#forget()
    this.lanes.doubt(close)
  }

  /** The server has forgotten a call's reply; see {@link Lanes.missed}. */
  missed(seqno: string): void {
    const stream = this.lanes.sent.get(seqno)?.info.stream
    if (stream) stream.lost()
    else this.lanes.missed(seqno)
    this.flush()
  }

  /** What came for a call cannot be read. */
  unreadable(seqno: string): void {
    const stream = this.lanes.sent.get(seqno)?.info.stream
    if (stream) stream.lost()
    else this.lanes.unreadable(seqno)
  }

  /** The session came back; see {@link Lanes.resume}. */
  resumed(received: number): void {
    this.lanes.resume(received)
    for (const { info } of this.lanes.sent.values()) info.stream?.resumed()
  }

  /** The client is closed: everything fails now. */
  closed(close: ConnectionClose | undefined): void {
    this.#forget()
    this.lanes.closed(close)
  }

  /** False when the call has to wait; true when it was sent, or has failed. */
  #leave(call: Call, lane: Map<string, Call>): boolean {
    if (this.#settings.clock.now() < call.heldUntil || !this.#callbacks.mayLeave(call, this.inFlight)) return false
    try {
      // Noted first: the heartbeat asks at once whether a call is in flight.
      this.lanes.sent.set(call.seqno, call)
      if (!this.#callbacks.send(call)) {
        this.lanes.sent.delete(call.seqno)
        return false
      }
      lane.delete(call.seqno)
    } catch (error) {
      const msg = `data cannot be written: ${textOf(error)}`
      this.lanes.settle(
        call,
        error instanceof CommandError ? error : failure(call, 'bad_request', { msg, cause: error }),
      )
    }
    return true
  }

  /** Keeps the outbox within its bounds after a call has come in. */
  #bound(call: Call): void {
    const { maxCalls, overflow } = this.#settings.outbox
    if (this.lanes.outbox.size <= maxCalls) return
    const { oldest = call } = this.lanes
    const surplus = overflow === 'reject_oldest' ? oldest : call
    this.lanes.settle(surplus, failure(surplus, 'queue_full', { msg: `the outbox is full (${maxCalls} calls)` }))
  }

  #giveUp(call: Call, reason: unknown): void {
    const wasSent = this.lanes.sent.has(call.seqno)
    this.lanes.settle(call, reason)
    if (!wasSent || this.#callbacks.cancel(call)) return
    this.#abandoned.add(call.seqno)
    this.#stuckTimer ??= this.#settings.clock.setTimeout(() => {
      if (this.#abandoned.size > 0) this.#callbacks.stuck()
    }, STUCK_MS)
  }

  #timeout(call: Call): CommandError {
    const within = `within ${call.timeoutMs} ms`
    if (this.lanes.sent.has(call.seqno)) return failure(call, 'timeout', { msg: `no reply ${within}` })
    const { msg, cause } = this.#callbacks.obstacle()
    return failure(call, 'timeout', { msg: `not sent ${within}: ${msg}`, cause })
  }

  /** Forgets what the connection was waited for. */
  #forget(): void {
    this.#refusals.forget()
    this.#settings.clock.clearTimeout(this.#stuckTimer)
    this.#stuckTimer = undefined
    this.#abandoned.clear()
  }
}

/** Characters of a seqno that all of a source's have in common. */
const OWN_CHARS = 7

/** Time that a server which cannot be asked to stop has to answer a call after it was given up, in ms. */
const STUCK_MS = 5_000
