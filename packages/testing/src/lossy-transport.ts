import type { Connection, Transport, TransportEvents } from '@wsrv/client'
import type { LossRules, LossyTransportOptions } from './loss-rules.ts'
import { LossyLink } from './lossy-link.ts'

/** Wraps a transport in a bad network: it delays, drops, reorders and duplicates frames, goes half-open and breaks. */
export class LossyTransport implements Transport {
  /** How bad the links are from now on. */
  readonly rules: LossRules = {
    minDelayMs: 0,
    maxDelayMs: 0,
    dropRate: 0,
    duplicateRate: 0,
    reorderRate: 0,
    cutAt: undefined,
  }
  readonly #inner: Transport
  readonly #options: LossyTransportOptions
  #links = new Set<LossyLink>()

  constructor(inner: Transport, options: LossyTransportOptions) {
    this.#inner = inner
    this.#options = options
  }

  connect(url: string, events: TransportEvents): Connection {
    const link = new LossyLink(events, { ...this.#options, rules: this.rules })
    this.#links = new Set([...this.#links].filter((other) => !other.hasEnded)).add(link)
    return link.attach((inner) => this.#inner.connect(url, inner))
  }

  /** The current connections go silent in both directions and neither end is notified: a tunnel, a sleeping laptop. */
  halfOpen(): void {
    for (const link of this.#links) link.silence()
  }

  /** The current connections break; frames on their way are lost. */
  cut(): void {
    for (const link of this.#links) link.cut()
  }
}
