import type { Connection, ConnectionClose, TransportEvents } from '@wsrv/client'
import { NO_CLOSE_FRAME, type Payload, type Timer } from '@wsrv/protocol'
import type { Direction, LossRules, LossyTransportOptions } from './loss-rules.ts'

/** What a {@link LossyLink} runs on. */
export interface LossyLinkOptions extends LossyTransportOptions {
  readonly rules: LossRules
}

/** One connection of a bad network. Owns the frames on their way. */
export class LossyLink {
  readonly #events: TransportEvents
  readonly #options: LossyLinkOptions
  readonly #timers = new Set<Timer>()
  readonly #ways: Readonly<Record<Direction, Way>> = { out: { count: 0, freeAt: 0 }, in: { count: 0, freeAt: 0 } }
  #connection: Connection | undefined
  #isSilent = false
  #hasEnded = false

  constructor(events: TransportEvents, options: LossyLinkOptions) {
    this.#events = events
    this.#options = options
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Puts the link between a client's events and the connection that `connect` makes; returns the client's end. */
  attach(connect: (events: TransportEvents) => Connection): Connection {
    const inner = connect({
      opened: () => {
        if (!this.#isSilent) this.#events.opened()
      },
      received: (payload) => this.#carry('in', () => this.#events.received(payload)),
      closed: (close) => {
        // A close frame waits its turn behind the frames before it.
        if (!this.#isSilent) this.#after(this.#ways.in.freeAt - this.#options.clock.now(), () => this.#end(close))
      },
    })
    this.#connection = inner
    return {
      send: (payload) => this.#send(inner, payload),
      close: (code, reason) => {
        if (this.#isSilent) this.cut()
        else inner.close(code, reason)
      },
      terminate: () => this.cut(),
    }
  }

  /** Swallows everything from now on. */
  silence(): void {
    this.#isSilent = true
    this.#forgetFrames()
  }

  /** Breaks. */
  cut(): void {
    this.#end({ code: NO_CLOSE_FRAME, reason: '' })
    this.#connection?.terminate()
  }

  #send(inner: Connection, payload: Payload): boolean {
    if (this.#hasEnded) return false
    this.#carry('out', () => void inner.send(payload))
    return true
  }

  #carry(direction: Direction, arrive: () => void): void {
    const { rules, random } = this.#options
    const way = this.#ways[direction]
    way.count++
    const { cutAt } = rules
    if (cutAt?.direction === direction && cutAt.frame === way.count) {
      if (cutAt.arrives) arrive()
      this.cut()
      return
    }
    if (this.#isSilent || this.#hasEnded || random() < rules.dropRate) return
    this.#deliver(way, arrive)
    if (random() < rules.duplicateRate) this.#deliver(way, arrive)
  }

  #deliver(way: Way, arrive: () => void): void {
    const { rules, random, clock } = this.#options
    const delayMs = rules.minDelayMs + random() * (rules.maxDelayMs - rules.minDelayMs)
    const ownTime = clock.now() + delayMs
    const isReordered = random() < rules.reorderRate
    const arrivesAt = isReordered ? ownTime : Math.max(ownTime, way.freeAt)
    way.freeAt = Math.max(way.freeAt, arrivesAt)
    this.#after(arrivesAt - clock.now(), arrive)
  }

  #after(delayMs: number, action: () => void): void {
    if (delayMs <= 0) {
      action()
      return
    }
    const timer = this.#options.clock.setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, delayMs)
    this.#timers.add(timer)
  }

  #end(close: ConnectionClose): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#forgetFrames()
    this.#events.closed(close)
  }

  #forgetFrames(): void {
    for (const timer of this.#timers) this.#options.clock.clearTimeout(timer)
    this.#timers.clear()
  }
}

/** One direction of a link. */
interface Way {
  /** Frames so far. */
  count: number
  /** When the last frame on its way arrives, by the clock. */
  freeAt: number
}
