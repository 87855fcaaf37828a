import {
  EXTENSION,
  type GapData,
  isReservedCmd,
  NO_CLOSE_FRAME,
  type Payload,
  PEEK_BYTES,
  type Response,
  SESSION_TAKEN,
  type SessionCounts,
  type SessionGrant,
  type SessionRequest,
  STATUS,
  type Timer,
} from '@wsrv/protocol'
import type { Call } from './call.ts'
import type { Calls } from './calls.ts'
import { Session } from './session.ts'
import type { Gap, LostWhy, SessionChange } from './session-change.ts'
import type { Settings } from './settings.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { ConnectionClose } from './transport.ts'

/** What a {@link Recovery} works with. */
export interface RecoveryOptions {
  readonly calls: Calls
  /** Listeners to gaps, by the name of the push. */
  readonly gaps: Subscriptions
  /** Listeners to changes of the session, under `session`. */
  readonly events: Subscriptions
  /** Sends a message; false when there is no connection for it. */
  readonly send: (payload: Payload) => boolean
  /** Asks the server to stop a call. */
  readonly cancel: (seqno: string) => void
  /** Takes a message that was held back. */
  readonly deliver: (message: Response) => void
  /** Ends the connection for good and makes another. */
  readonly restart: () => void
}

/** Brings a session back after a lost connection: counts, acknowledges, resends, and tells what is missing. PROTOCOL.md §Sessions. */
export class Recovery {
  readonly #options: RecoveryOptions
  readonly #settings: Settings
  readonly #session: Session
  /** What came before `$hello` was answered: with a resume it comes again. */
  #early: Response[] | undefined
  /** Sent, given up, and not answered, by seqno: a resume asks the server again to stop them. */
  readonly #givenUp = new Map<string, number>()
  /** Requests that had left before each `$ping`. */
  readonly #audits = new Map<string, number>()
  #window: Timer | undefined
  #lost: LostWhy | undefined
  #lastClose: ConnectionClose = { code: NO_CLOSE_FRAME, reason: '' }
  #identity: string | undefined
  #isReady = false

  constructor(options: RecoveryOptions, settings: Settings) {
    this.#options = options
    this.#settings = settings
    this.#session = new Session(settings.random)
  }

  /** Whether the current connection goes on with a session that was set up. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** Whether there is a session to come back for. */
  get isHeld(): boolean {
    return this.#session.isHeld
  }

  /** Stands for the identity that calls are made under. */
  get identity(): string | undefined {
    return this.#identity
  }

  /** A connection was made: what comes before `$hello` is answered is held back. */
  connected(): void {
    this.#early = []
  }

  /** `$hello` has had its answer, or there is none to wait for. */
  greeted(): void {
    if (this.#early !== undefined) this.#begin(undefined)
  }

  /** The session is set up: a resume need not do it again. */
  ready(): void {
    this.#isReady = true
  }

  /** What `$hello` asks for. */
  request(): SessionRequest | undefined {
    return this.#settings.sessions ? this.#session.request() : undefined
  }

  /**
   * The connection is gone.
   *
   * @param isFinal no other will come.
   */
  disconnected(close: ConnectionClose, isFinal: boolean): void {
    this.#early = undefined
    this.#audits.clear()
    this.#lastClose = close
    if (!this.isHeld || isFinal) {
      this.forget()
      this.#options.calls.dropped(close)
    } else if (close.code === SESSION_TAKEN) this.#lose('taken')
    else {
      this.#options.calls.doubt(close)
      const { clock } = this.#settings
      this.#window ??= clock.setTimeout(() => this.#lose('expired'), this.#session.windowMs)
    }
  }

  /** Lets go of the session. */
  forget(): void {
    this.#settings.clock.clearTimeout(this.#window)
    this.#window = undefined
    this.#givenUp.clear()
    this.#session.forget()
  }

  /** A call's request has left. */
  sent(call: Call): void {
    if (!this.isHeld) return
    if (call.cmd === EXTENSION.ping) this.#audits.set(call.seqno, this.#session.sent)
    call.number = isReservedCmd(call.cmd) ? 0 : this.#session.next()
  }

  /** What a request carries to acknowledge what came. */
  ride(): number | undefined {
    return this.#session.ride()
  }

  /** A sent call was given up; false when there is no session to remember it in. */
  gaveUp({ seqno, number }: Call): boolean {
    if (!this.isHeld || number === 0) return false
    this.#givenUp.set(seqno, number)
    this.#options.cancel(seqno)
    return true
  }

  /** Acknowledges everything, if there is anything; false when there is not. */
  acknowledge(): boolean {
    return this.isHeld && this.#session.isBehind && this.#ack()
  }

  /**
   * Takes a message before anything else does.
   *
   * @returns whether it is to be delivered now.
   */
  takes(message: Response, bytes: number): boolean {
    const { cmd, seqno } = message
    if (isReservedCmd(cmd)) return this.#takesReserved(message)
    if (this.#early !== undefined) {
      this.#early.push(message)
      return false
    }
    if (!this.isHeld) return true
    if (message.status !== STATUS.item) this.#givenUp.delete(seqno)
    if (this.#session.came(bytes)) this.#ack()
    return true
  }

  /** A message that cannot be read: it counts all the same, and the call that it answers will have no other answer. */
  unreadable(payload: Payload): void {
    if (!this.isHeld || this.#early !== undefined) return
    const head =
      typeof payload === 'string' ? payload.slice(0, PEEK_BYTES) : utf8.decode(payload.subarray(0, PEEK_BYTES))
    if (/"cmd"\s*:\s*"\$/.test(head)) return
    const seqno = /"seqno"\s*:\s*"([^"\\]+)"/.exec(head)?.[1]
    if (this.#session.came(payload.length)) this.#ack()
    if (seqno !== undefined) {
      this.#givenUp.delete(seqno)
      this.#options.calls.unreadable(seqno)
    } else if (this.#options.calls.lanes.areSent) this.#break()
  }

  #takesReserved({ cmd, seqno, status, data }: Response): boolean {
    if (cmd === EXTENSION.hello) {
      if (this.#early !== undefined && status === STATUS.ok) this.#begin(Object(data).session)
    } else if (cmd === EXTENSION.ping) this.#audit(seqno, Object(data))
    else if (cmd === EXTENSION.gap && this.isHeld) this.#gap(Object(data))
    return cmd !== EXTENSION.gap
  }

  /** The answer to `$hello` came: what follows it belongs to the session that it begins or goes on with. */
  #begin(grant: Partial<SessionGrant> | undefined): void {
    const { calls, deliver } = this.#options
    const wasHeld = this.isHeld
    const early = this.#early ?? []
    const beginning = this.#session.begin(grant)
    this.#early = undefined
    this.#settings.clock.clearTimeout(this.#window)
    this.#window = undefined
    if (beginning === 'resumed') {
      this.#resume()
      return
    }
    this.#isReady = false
    if (wasHeld) this.#lose(grant?.why ?? (beginning === 'odd' ? 'count' : 'unsupported'))
    if (beginning === 'odd') {
      this.#options.restart()
      return
    }
    this.#identity = grant?.identity
    calls.lanes.identify(this.#identity)
    if (this.isHeld) this.#ack()
    this.#tellLost()
    for (const message of early) deliver(message)
  }

  #resume(): void {
    const { calls, cancel, events } = this.#options
    const received = this.#session.sent
    // Shows that the new token has arrived.
    this.#ack()
    calls.resumed(received)
    for (const [seqno, number] of this.#givenUp) {
      if (number > received) this.#givenUp.delete(seqno)
      else cancel(seqno)
    }
    events.deliver('session', { recovered: true } satisfies SessionChange)
  }

  /** The session will not come back: its calls end as those of a lost connection do. */
  #lose(why: LostWhy): void {
    // It may have been replaced already.
    if (why === 'expired' || why === 'taken' || why === 'count') this.forget()
    this.#givenUp.clear()
    this.#lost = why
    this.#options.calls.lanes.lost(this.#lastClose)
  }

  #tellLost(): void {
    const why = this.#lost
    this.#lost = undefined
    if (why === undefined) return
    this.#options.events.deliver('session', { recovered: false, why } satisfies SessionChange)
    this.#tellGaps('lost')
  }

  /** Pushes of any name may be missing. */
  #tellGaps(why: Gap['why']): void {
    const { gaps } = this.#options
    for (const name of gaps.names) gaps.deliver(name, { count: undefined, why } satisfies Gap)
  }

  #gap({ n, pushes, calls, unknown, why = 'bound' }: Partial<GapData>): void {
    if (!Number.isSafeInteger(n) || (n as number) < 1) return
    for (const seqno of Array.isArray(calls) ? calls : []) {
      this.#givenUp.delete(seqno)
      this.#options.calls.missed(seqno)
    }
    if (this.#session.came(0, n)) this.#ack()
    if (unknown === true) this.#tellGaps(why)
    else
      for (const [name, count] of Object.entries(Object(pushes)))
        this.#options.gaps.deliver(name, { count: Number(count), why } satisfies Gap)
  }

  /** By the order of messages both ends must have counted the same by now. */
  #audit(seqno: string, { sent, received }: Partial<SessionCounts>): void {
    const expected = this.#audits.get(seqno)
    if (!this.#audits.delete(seqno) || !this.isHeld) return
    if (sent !== this.#session.seen || received !== expected) this.#break()
  }

  /** The ends disagree: nothing that was counted can be relied on. */
  #break(): void {
    this.#lose('count')
    this.#options.restart()
  }

  #ack(): boolean {
    return this.#options.send(
      this.#settings.codec.encode({ cmd: EXTENSION.ack, seqno: undefined, data: { n: this.#session.ack() } }),
    )
  }
}

const utf8 = /* @__PURE__ */ new TextDecoder()
