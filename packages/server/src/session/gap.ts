import type { GapData, GapReason } from '@wsrv/protocol'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'

/** What a {@link Gap} says of one message. */
export interface Forgotten {
  readonly kind: OutgoingMessage['kind']
  /** A push's name, else its request's seqno; `''` of a request that had none. */
  readonly label: string
}

/** Messages that a session was not sent: it keeps their place, so that the client's count stays right. PROTOCOL.md §$gap. */
export class Gap {
  readonly kind = 'gap'
  /** How many counted messages it stands for. */
  size = 1
  readonly why: GapReason
  /** By name. */
  readonly #pushes: Map<string, number>
  readonly #calls: Set<string> = new Set()
  /** Whether pushes of any name may be missing beside those. */
  #isUnknown = false

  private constructor(why: GapReason, pushes: Iterable<readonly [name: string, count: number]> = []) {
    this.why = why
    this.#pushes = new Map(pushes)
  }

  /** Stands for a message that a journal has forgotten. */
  static of({ kind, label }: Forgotten, why: GapReason): Gap {
    if (kind === 'push') return new Gap(why, [[label, 1]])
    const gap = new Gap(why)
    if (label !== '') gap.#calls.add(label)
    return gap
  }

  /**
   * Stands for pushes of other servers that never came here, and counts as one message.
   *
   * @param pushes how many, by name; empty when that is not known.
   */
  static ofLoss(pushes: ReadonlyMap<string, number>): Gap {
    const gap = new Gap('broker', pushes)
    gap.#isUnknown = pushes.size === 0
    return gap
  }

  /** Stands for another gap's messages, too. */
  absorb(other: Gap): void {
    this.size += other.size
    for (const [name, count] of other.#pushes) this.#pushes.set(name, (this.#pushes.get(name) ?? 0) + count)
    for (const seqno of other.#calls) this.#calls.add(seqno)
    this.#isUnknown ||= other.#isUnknown
  }

  toData(): GapData {
    return {
      n: this.size,
      pushes: Object.fromEntries(this.#pushes),
      calls: [...this.#calls],
      ...(this.#isUnknown && { unknown: true }),
      why: this.why,
    }
  }
}

/** How many counted messages an entry of a journal stands for. */
export function sizeOf(entry: OutgoingMessage | Gap): number {
  return entry.kind === 'gap' ? entry.size : 1
}
