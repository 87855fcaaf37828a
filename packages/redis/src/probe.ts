import type { BrokerEvent } from '@wsrv/server'
import type { Settings } from './settings.ts'

/** What the probe needs to know. */
export interface ProbeOptions {
  readonly settings: Pick<Settings, 'clock' | 'probeIntervalMs'>
  readonly partitions: number
  /** Publishes a probe to this server's own channel, and calls back when Redis has it; never while Redis is away. */
  readonly send: (partition: number, id: number, sent: () => void) => void
  /** A probe did not come back though it was published: this server is deaf. */
  readonly deaf: (deafMs: number) => void
  readonly report: (event: BrokerEvent) => void
}

/**
 * Notices a subscription that looks healthy and receives nothing: what is published to this server's own channels has to
 * come back before the next probe leaves.
 */
export class Probe {
  readonly #options: ProbeOptions
  #id = 0
  #sentAt = 0
  #heardAt: number
  /** Partitions whose probe Redis has, and that have not come back. */
  readonly #awaited = new Set<number>()
  readonly #cameBack = new Set<number>()

  constructor(options: ProbeOptions) {
    this.#options = options
    this.#heardAt = options.settings.clock.now()
  }

  /** Looks at the last probe and sends the next; called once per interval. */
  tick(): void {
    const { settings, partitions, send, deaf } = this.#options
    const now = settings.clock.now()
    if (this.#awaited.size > 0) {
      this.#awaited.clear()
      deaf(now - this.#heardAt)
      return
    }
    const id = this.#id + 1
    this.#id = id
    this.#cameBack.clear()
    this.#sentAt = now
    for (let partition = 0; partition < partitions; partition++) {
      send(partition, id, () => this.#sent(partition, id))
    }
  }

  /** A probe of this server came back: often before Redis' answer to its publish. */
  heard(partition: number, id: number): void {
    if (id !== this.#id) return
    this.#awaited.delete(partition)
    this.#cameBack.add(partition)
    if (this.#cameBack.size < this.#options.partitions) return
    this.#heardAt = this.#options.settings.clock.now()
    this.#options.report({ kind: 'latency', ms: this.#heardAt - this.#sentAt })
  }

  #sent(partition: number, id: number): void {
    if (id === this.#id && !this.#cameBack.has(partition)) this.#awaited.add(partition)
  }

  /** Probes under way went down with a link. */
  reset(): void {
    this.#id += 1
    this.#awaited.clear()
  }
}
