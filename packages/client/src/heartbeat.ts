import type { Clock, Timer } from '@wsrv/protocol'

/** Whom a {@link Heartbeat} works for. */
export interface HeartbeatOwner {
  /** Nothing was sent for an interval: send an empty message. */
  sendHeartbeat(): void
}

/** Keeps a connection alive: an idle client sends something every interval, a busy one nothing. PROTOCOL.md §Heartbeat. */
export class Heartbeat {
  readonly #owner: HeartbeatOwner
  readonly #clock: Clock
  readonly #intervalMs: number
  #timer: Timer | undefined
  #sentAt = 0

  constructor(owner: HeartbeatOwner, { clock, intervalMs }: { readonly clock: Clock; readonly intervalMs: number }) {
    this.#owner = owner
    this.#clock = clock
    this.#intervalMs = intervalMs
  }

  /** Begins with a fresh connection. */
  start(): void {
    this.stop()
    this.sent()
    this.#schedule()
  }

  /** Forgets the connection; idempotent. */
  stop(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Something was sent: the next heartbeat is an interval away. */
  sent(): void {
    this.#sentAt = this.#clock.now()
  }

  #schedule(): void {
    const dueInMs = this.#sentAt + this.#intervalMs - this.#clock.now()
    this.#timer = this.#clock.setTimeout(() => this.#due(), dueInMs)
  }

  /** One timer an interval, however busy the client is: each send only notes its time. */
  #due(): void {
    if (this.#clock.now() - this.#sentAt >= this.#intervalMs) {
      this.#owner.sendHeartbeat()
      this.sent()
    }
    this.#schedule()
  }
}
