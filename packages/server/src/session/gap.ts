import type { GapData, GapReason } from '@wsrv/protocol'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'

/** What a {@link Gap} says of one message. */
export interface Forgotten {
  readonly kind: OutgoingMessage['kind']
  /** A push's name, else its request's seqno; `''` of a request that had none. */
  readonly label: string
}

/** Messages that a journal has forgotten: it keeps their place, so that the client's count stays right. PROTOCOL.md §$gap. */
export class Gap {
  readonly kind = 'gap'
  /** How many messages it stands for. */
  size: number
  readonly why: GapReason
  /** By name. */
  readonly #pushes: Map<string, number> = new Map()
  readonly #calls: Set<string> = new Set()

  constructor({ kind, label }: Forgotten, why: GapReason) {
    this.size = 1
    this.why = why
    if (kind === 'push') this.#pushes.set(label, 1)
    else if (label !== '') this.#calls.add(label)
  }

  /** Stands for another gap's messages, too. */
  absorb(other: Gap): void {
    this.size += other.size
    for (const [name, count] of other.#pushes) this.#pushes.set(name, (this.#pushes.get(name) ?? 0) + count)
    for (const seqno of other.#calls) this.#calls.add(seqno)
  }

  toData(): GapData {
    return { n: this.size, pushes: Object.fromEntries(this.#pushes), calls: [...this.#calls], why: this.why }
  }
}
