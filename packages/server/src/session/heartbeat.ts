import type { Clock, Timer } from '@wsrv/protocol'

/** A member that has to show signs of life. */
export interface HeartbeatMember {
  /** The tick of {@link Heartbeat} in which the last sign of life came. */
  lastSeenTick: number
  /** Staggers pings across ticks; any number. */
  readonly index: number
}

/** What a {@link Heartbeat} does to its members. */
export interface HeartbeatOptions<Member extends HeartbeatMember> {
  readonly clock: Clock
  /** Silence that is too long, in ms; 0 is off. */
  readonly timeoutMs: number
  readonly members: () => Iterable<Member>
  /** Asks for a sign of life. */
  readonly ping: (member: Member) => void
  /** Whether its bytes cannot be seen before a message is whole. */
  readonly isBlind: (member: Member) => boolean
  readonly drop: (member: Member) => void
}

/**
 * Counts coarse ticks and drops members that were silent for too long. PROTOCOL.md §Heartbeat.
 *
 * A sign of life is one number stored, and a sweep only reads. Each member is pinged twice per timeout, staggered across
 * ticks, and each tick drops at most {@link MAX_DROPS_PER_TICK}. Ticks and not clock time: a blocked event loop does not count
 * as silence.
 */
export class Heartbeat<Member extends HeartbeatMember> {
  /** The number of the current tick; to be stored as {@link HeartbeatMember.lastSeenTick}. */
  tick = 0
  readonly #options: HeartbeatOptions<Member>
  readonly #tickMs: number
  readonly #ticksPerTimeout: number
  #timer: Timer | undefined

  constructor(options: HeartbeatOptions<Member>) {
    this.#options = options
    this.#tickMs = Math.min(TICK_MS, Math.ceil(options.timeoutMs / MIN_TICKS_PER_TIMEOUT))
    this.#ticksPerTimeout = Math.ceil(options.timeoutMs / this.#tickMs)
  }

  /** Starts to count; harmless when it does. */
  start(): void {
    if (this.#timer !== undefined || this.#options.timeoutMs === 0) return
    this.#timer = this.#options.clock.setTimeout(this.#sweep, this.#tickMs)
  }

  /** Stops counting; harmless when it has. */
  stop(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #isSilent(member: Member): boolean {
    const ticks = this.tick - member.lastSeenTick
    // A sign stored in tick n came up to one tick after n began, so only more ticks than the timeout's prove the silence.
    if (ticks <= this.#ticksPerTimeout) return false
    return ticks > this.#ticksPerTimeout * BLIND_PATIENCE || !this.#options.isBlind(member)
  }

  readonly #sweep = (): void => {
    this.#timer = this.#options.clock.setTimeout(this.#sweep, this.#tickMs)
    this.tick += 1
    const { members, ping, drop } = this.#options
    const pingEvery = Math.floor(this.#ticksPerTimeout / 2)
    let dropsLeft = MAX_DROPS_PER_TICK
    for (const member of members()) {
      if (!this.#isSilent(member)) {
        if ((this.tick + member.index) % pingEvery === 0) ping(member)
      } else if (dropsLeft > 0) {
        dropsLeft -= 1
        drop(member)
      }
    }
  }
}

/** At ten thousand connections a tick pings 170 of them in 3 ms, 5 at most; four times as many would block the loop for longer. */
const TICK_MS = 250

/** When a whole network falls silent at once, other sessions must not notice: a drop costs 60 µs. */
const MAX_DROPS_PER_TICK = 200

const MIN_TICKS_PER_TIMEOUT = 4

/** A message of 1 MiB takes 105 s at 80 kbit/s, four times the usual timeout's 30. */
const BLIND_PATIENCE = 4
