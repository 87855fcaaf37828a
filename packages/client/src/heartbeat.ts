import type { Clock, Timer } from '@wsrv/protocol'

/** What a {@link Heartbeat} calls back. */
export interface HeartbeatCallbacks {
  /** Nothing was sent for an interval: send an empty message. */
  sendHeartbeat(): void
  /** Nothing came for a while: send something that any server answers. False when nothing may be sent now. */
  sendPing(): boolean
  /** Whether a call was sent that is not answered. */
  isAwaiting(): boolean
  /** Links that such a call was on when they fell silent. */
  silences(): number
  /** Grows with the bytes that come or leave. */
  progress(): number
}

/** What a {@link Heartbeat} runs on. */
export interface HeartbeatOptions {
  readonly clock: Clock
  readonly heartbeatIntervalMs: number
  /** Whether to ping; without it a half-open link goes unnoticed. */
  readonly extensions: boolean
}

/**
 * Liveness both ways: an idle client sends something every interval, a busy one nothing of its own. It pings when nothing
 * came for an interval, or for `PROBE_AFTER_MS` while a call waits for its answer; a link over which nothing comes for
 * `PROBE_TIMEOUT_MS` after that is dead. PROTOCOL.md §Heartbeat and §$ping.
 *
 * A long message holds up the ping, or its answer. Where bytes can be seen to come or go, they are life. Where they cannot,
 * a call that has been on a silent link already is given twice the time on each further one.
 */
export class Heartbeat {
  readonly #callbacks: HeartbeatCallbacks
  readonly #options: HeartbeatOptions
  #silent = () => {}
  #intervalMs = 0
  #timer: Timer | undefined
  #sentAt = 0
  #receivedAt = 0
  /** When the ping left that nothing has answered yet. */
  #pingedAt: number | undefined
  /** How far the bytes were when that was last looked at. */
  #progress = 0
  /** When a ping could not leave. */
  #putOffAt = 0
  #dueAt = 0

  constructor(callbacks: HeartbeatCallbacks, options: HeartbeatOptions) {
    this.#callbacks = callbacks
    this.#options = options
  }

  /**
   * Begins with a fresh connection.
   *
   * @param silent called when nothing answers a ping: the link is half open.
   * @param serverTimeoutMs silence after which the server drops the connection, if it said so: the interval is at most a
   * third of it, so that two heartbeats may be lost.
   */
  start(silent: () => void, serverTimeoutMs: number = Infinity): void {
    this.#silent = silent
    this.#intervalMs = Math.min(this.#options.heartbeatIntervalMs, Math.max(serverTimeoutMs / 3, MIN_INTERVAL_MS))
    this.#pingedAt = undefined
    this.#putOffAt = -PROBE_AFTER_MS
    this.sent()
    this.received()
    this.#schedule()
  }

  /** Forgets the connection; idempotent. */
  stop(): void {
    this.#dueAt = 0
    this.#options.clock.clearTimeout(this.#timer)
  }

  /** Time since something came, in ms. */
  get silentMs(): number {
    return this.#options.clock.now() - this.#receivedAt
  }

  /** Something was sent: the next heartbeat is an interval away. */
  sent(): void {
    this.#sentAt = this.#options.clock.now()
    // Its answer may stay out: looked after sooner than an idle link.
    if (this.#dueAt > this.#sentAt + PROBE_AFTER_MS) this.#schedule()
  }

  /** Something came: the link is alive. */
  received(): void {
    this.#receivedAt = this.#options.clock.now()
    if (this.#pingedAt === undefined) return
    this.#pingedAt = undefined
    this.#schedule()
  }

  /** Pings now, unless a ping is on its way already. Only when started. */
  probe(): void {
    const { clock, extensions } = this.#options
    if (!extensions || this.#pingedAt !== undefined) return
    // Noted first: to send the ping asks whether the link is doubtful.
    this.#pingedAt = clock.now()
    if (!this.#callbacks.sendPing()) {
      this.#putOffAt = this.#pingedAt
      this.#pingedAt = undefined
    }
    this.#progress = this.#callbacks.progress()
    this.#schedule()
  }

  /** Whether the link was silent for so long that it has to answer a ping before a call is entrusted to it. Pings. */
  isDoubtful(): boolean {
    if (!this.#options.extensions || this.silentMs <= this.#intervalMs + PROBE_AFTER_MS) return false
    this.probe()
    return this.#pingedAt !== undefined
  }

  /** Does what is due; for timers better than the clock's. Only when started. */
  check(): void {
    const now = this.#options.clock.now()
    if (now >= this.#probeAt()) {
      if (this.#pingedAt === undefined) this.probe()
      else if (this.#hasProgressed()) this.#pingedAt = this.#receivedAt = now
      else {
        this.#silent()
        return
      }
    }
    if (now >= this.#sentAt + this.#intervalMs) {
      this.#callbacks.sendHeartbeat()
      this.sent()
    }
    this.#schedule()
  }

  #hasProgressed(): boolean {
    const before = this.#progress
    this.#progress = this.#callbacks.progress()
    return this.#progress > before
  }

  /** One timer at a time, however busy the client is: what is sent and received only notes its time. */
  #schedule(): void {
    this.stop()
    const { clock } = this.#options
    this.#dueAt = Math.min(this.#sentAt + this.#intervalMs, this.#probeAt())
    this.#timer = clock.setTimeout(() => this.check(), this.#dueAt - clock.now())
  }

  /** When to ping, or to take the ping for unanswered; by the clock, in ms. */
  #probeAt(): number {
    if (!this.#options.extensions) return Infinity
    if (this.#pingedAt !== undefined)
      return this.#pingedAt + PROBE_TIMEOUT_MS * 2 ** Math.min(this.#callbacks.silences(), MAX_DOUBLINGS)
    const patienceMs = this.#callbacks.isAwaiting() ? PROBE_AFTER_MS : this.#intervalMs
    return Math.max(this.#receivedAt + Math.min(patienceMs, this.#intervalMs), this.#putOffAt + PROBE_AFTER_MS)
  }
}

/** What no server makes the interval shorter than, in ms: one that says nonsense would make the client busy. */
const MIN_INTERVAL_MS = 50

/** Silence after which a client with an unanswered call pings, in ms: long for an answer, short beside a call's deadline. */
const PROBE_AFTER_MS = 2_000

/** Time that a ping may go unanswered, in ms: above a slow mobile link's round trip, and with the above below a call's deadline. */
const PROBE_TIMEOUT_MS = 4_000

/** The last link is waited for 64 s: 600 kB at 80 kbit/s. */
const MAX_DOUBLINGS = 4
