import type { Clock, Timer } from '@wsrv/protocol'

/** What a {@link Heartbeat} calls back. */
export interface HeartbeatCallbacks {
  /** Nothing was sent for an interval: send an empty message. */
  sendHeartbeat(): void
  /** Nothing came for an interval: send something that any server answers. */
  sendPing(): void
}

/** What a {@link Heartbeat} runs on. */
export interface HeartbeatOptions {
  readonly clock: Clock
  readonly heartbeatIntervalMs: number
  /** Whether to ping; without it a half-open link goes unnoticed. */
  readonly extensions: boolean
}

/**
 * Liveness both ways: an idle client sends something every interval, a busy one nothing of its own; a link over which
 * nothing comes for two intervals is dead. PROTOCOL.md §Heartbeat and §$ping.
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

  constructor(callbacks: HeartbeatCallbacks, options: HeartbeatOptions) {
    this.#callbacks = callbacks
    this.#options = options
  }

  /**
   * Begins with a fresh connection.
   *
   * @param silent called when nothing came for an interval after a ping: the link is half open.
   * @param serverTimeoutMs silence after which the server drops the connection, if it said so: the interval is at most a
   * third of it, so that two heartbeats may be lost.
   */
  start(silent: () => void, serverTimeoutMs: number = Infinity): void {
    this.#silent = silent
    this.#intervalMs = Math.min(this.#options.heartbeatIntervalMs, serverTimeoutMs / 3)
    this.sent()
    this.received()
    this.#schedule()
  }

  /** Forgets the connection; idempotent. */
  stop(): void {
    this.#options.clock.clearTimeout(this.#timer)
  }

  /** Something was sent: the next heartbeat is an interval away. */
  sent(): void {
    this.#sentAt = this.#options.clock.now()
  }

  /** Something came: the link is alive. */
  received(): void {
    this.#receivedAt = this.#options.clock.now()
    this.#pingedAt = undefined
  }

  /** Pings now, unless a ping is on its way already. Only when started. */
  probe(): void {
    if (!this.#options.extensions || this.#pingedAt !== undefined) return
    this.#pingedAt = this.#options.clock.now()
    this.#callbacks.sendPing()
    this.#schedule()
  }

  /** Does what is due; for timers better than the clock's. Only when started. */
  check(): void {
    const now = this.#options.clock.now()
    const isDue = (since: number) => now - since >= this.#intervalMs
    if (this.#pingedAt !== undefined && isDue(this.#pingedAt)) {
      this.#silent()
      return
    }
    if (isDue(this.#receivedAt)) this.probe()
    if (isDue(this.#sentAt)) {
      this.#callbacks.sendHeartbeat()
      this.sent()
    }
    this.#schedule()
  }

  /** One timer at a time, however busy the client is: what is sent and received only notes its time. */
  #schedule(): void {
    this.stop()
    const { clock, extensions } = this.#options
    const since = extensions ? Math.min(this.#sentAt, this.#pingedAt ?? this.#receivedAt) : this.#sentAt
    this.#timer = clock.setTimeout(() => this.check(), since + this.#intervalMs - clock.now())
  }
}
