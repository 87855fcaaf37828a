import type { Clock, Timer } from '@wsrv/protocol'

/** A measured round trip. */
export interface RoundTrip {
  /** On the clock of the connection, in ms. */
  readonly atMs: number
  readonly ms: number
}

/** What the pulse calls back. */
export interface PulseCallbacks {
  readonly clock: Clock
  readonly heartbeat: () => void
  readonly ping: () => void
  readonly changed: () => void
}

/** How a link is kept alive. */
export interface PulseOptions {
  /** Silence after which a heartbeat leaves, in ms; 0 for never. */
  readonly intervalMs: number
  /** Whether the peer answers `$ping`. */
  readonly pings: boolean
}

/** Keeps a link alive and measures it: a heartbeat after silence, and a `$ping` every few seconds where the peer knows it. */
export class Pulse {
  /** While true, neither heartbeats nor pings leave. */
  isHeld = false
  /** Oldest first, a few minutes of them. */
  readonly roundTrips: RoundTrip[] = []
  readonly #callbacks: PulseCallbacks
  #options: PulseOptions = { intervalMs: 0, pings: false }
  #sentAtMs = 0
  #pingedAtMs: number | undefined
  #timers: (Timer | undefined)[] = []

  constructor(callbacks: PulseCallbacks) {
    this.#callbacks = callbacks
  }

  start(options: PulseOptions): void {
    this.stop()
    this.#options = options
    this.#beat()
    if (options.pings) this.#ping()
  }

  stop(): void {
    for (const timer of this.#timers) this.#callbacks.clock.clearTimeout(timer)
    this.#timers = []
    this.#pingedAtMs = undefined
  }

  /** A message left, so that no heartbeat is due. */
  sent(): void {
    this.#sentAtMs = this.#callbacks.clock.now()
  }

  /** The ping was answered. */
  answered(): void {
    if (this.#pingedAtMs === undefined) return
    const atMs = this.#callbacks.clock.now()
    this.roundTrips.push({ atMs, ms: atMs - this.#pingedAtMs })
    if (this.roundTrips.length > MAX_ROUND_TRIPS) this.roundTrips.shift()
    this.#pingedAtMs = undefined
    this.#callbacks.changed()
  }

  #beat(): void {
    const { clock, heartbeat } = this.#callbacks
    const { intervalMs } = this.#options
    if (intervalMs === 0) return
    const dueInMs = this.#sentAtMs + intervalMs - clock.now()
    if (dueInMs <= 0 && !this.isHeld) heartbeat()
    this.#timers[0] = clock.setTimeout(() => this.#beat(), dueInMs > 0 ? dueInMs : intervalMs)
  }

  #ping(): void {
    const { clock, ping } = this.#callbacks
    if (!this.isHeld && this.#pingedAtMs === undefined) {
      this.#pingedAtMs = clock.now()
      ping()
    }
    this.#timers[1] = clock.setTimeout(() => this.#ping(), PING_EVERY_MS)
  }
}

/** A point on the plot every few seconds costs the server nothing that it would notice. */
const PING_EVERY_MS = 3_000
/** Five minutes of points. */
const MAX_ROUND_TRIPS = 100
