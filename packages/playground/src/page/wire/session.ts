import {
  EXTENSION,
  HEARTBEAT,
  isReservedCmd,
  type Payload,
  randomChars,
  type SessionGrant,
  type SessionRequest,
  STATUS,
} from '@wsrv/protocol'
import { dataOf, type WireMessage } from './message.ts'

/**
 * The page's end of a session: what it counts, and what brings the session back on the next connection.
 *
 * PROTOCOL.md §Sessions.
 */
export class Session {
  /** Times it went on on another connection. */
  resumes = 0
  /** Messages that the server had forgotten. */
  missing = 0
  /** Why the last one was not resumed. */
  lost: string | undefined
  readonly #holder: string
  #grant: SessionGrant | undefined
  #attempts = 0
  #seen = 0
  #acked = 0
  #sent = 0
  /** Counted messages that left, by number: the newest, in case the server did not receive them. */
  readonly #left = new Map<number, Payload>()
  /** Whether messages of the current connection count: not before `$hello` is answered. */
  #isCounting = false

  /** @param random returns a number from 0 to below 1. */
  constructor(random: () => number) {
    this.#holder = randomChars(HOLDER_CHARS, random)
  }

  get sid(): string | undefined {
    return this.#grant?.sid
  }

  /** Whether something came that was not acknowledged. */
  get isBehind(): boolean {
    return this.#isCounting && this.#seen > this.#acked
  }

  /** What `$hello` asks for: a session, or this one. */
  request(): SessionRequest {
    const holder = this.#holder
    if (this.#grant === undefined) return { holder }
    this.#attempts += 1
    const { sid, token } = this.#grant
    return { sid, token, try: this.#attempts, seen: this.#seen, holder }
  }

  /**
   * Takes what `$hello` was answered with.
   *
   * @returns what is to be sent now: an acknowledgement, then messages that the server has not received, in their order.
   */
  begin(status: number | undefined, grant: SessionGrant | undefined): readonly Payload[] {
    if (KEEPING.includes(status)) return []
    const isResumed = grant?.resumed === true && grant.sid === this.#grant?.sid
    if (!isResumed) this.#forget(this.#grant === undefined ? undefined : (grant?.why ?? 'the server has none to give'))
    this.#grant = grant
    this.#isCounting = grant !== undefined
    if (!isResumed) return grant === undefined ? [] : [this.ack()]
    this.resumes += 1
    const received = grant.received ?? this.#sent
    const again = [...this.#left].filter(([number]) => number > received).map(([, payload]) => payload)
    this.#left.clear()
    this.#sent = received
    return [this.ack(), ...again]
  }

  /** The connection ended; some closes end the session, too. */
  closed(code: number): void {
    this.#isCounting = false
    if (ENDING.includes(code)) this.#forget(undefined)
  }

  /** A message left. */
  sent(payload: Payload, cmd: string | undefined): void {
    if (!this.#isCounting || payload.length === HEARTBEAT.length || isReservedCmd(cmd ?? '')) return
    this.#sent += 1
    this.#left.set(this.#sent, payload)
    this.#left.delete(this.#sent - MAX_KEPT)
  }

  /**
   * A message came.
   *
   * @returns whether it is time to acknowledge.
   */
  came(message: WireMessage): boolean {
    if (!this.#isCounting || message.isHeartbeat) return false
    if (message.cmd === EXTENSION.gap) {
      const { n } = Object(dataOf(message)) as { readonly n?: unknown }
      const count = Number.isSafeInteger(n) ? (n as number) : 0
      this.missing += count
      this.#seen += count
    } else if (!isReservedCmd(message.cmd ?? '')) this.#seen += 1
    return this.#seen - this.#acked >= (this.#grant?.ackEvery ?? 1)
  }

  /** The acknowledgement of all that came, which leaves now. */
  ack(): string {
    this.#acked = this.#seen
    return JSON.stringify({ cmd: EXTENSION.ack, data: { n: this.#seen } })
  }

  #forget(lost: string | undefined): void {
    this.lost = lost
    this.#grant = undefined
    this.#attempts = this.#seen = this.#acked = this.#sent = this.resumes = this.missing = 0
    this.#left.clear()
  }
}

/** Refusals of a `$hello` that leave its session as it was. */
const KEEPING: readonly (number | undefined)[] = [
  STATUS.unauthenticated,
  STATUS.timeout,
  STATUS.rate_limited,
  STATUS.internal,
]

/** Closes that end a session, and 4409: another connection has it. */
const ENDING: readonly number[] = [1000, 1001, 1005, 1008, 4400, 4409]

/** 82 bits of 36 characters. */
const HOLDER_CHARS = 16

/** Far more than leave between two acknowledgements of a person's calls. */
const MAX_KEPT = 1_000
