import { type Codec, PAUSE_BYTES } from '@wsrv/protocol'
import type { Contract, PushContract } from '@wsrv/schema'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type { Reporter } from '../observer/reporter.ts'

/** A reader whose queue is looked at. */
export interface SlowReader {
  readonly sid: string
}

/** What a {@link Relief} needs of the server. */
export interface ReliefOptions {
  readonly codec: Codec
  readonly maxBufferedBytes: number
  readonly reporter: Reporter
}

/**
 * Relieves slow readers as the contract says: picks the pushes that give way, of those that no connection was handed yet.
 *
 * A push is looked into only here, and only once however many readers it waits for: fast readers cost nothing.
 * PROTOCOL.md §Slow readers.
 */
export class Relief {
  readonly #pushes: ReadonlyMap<string, PushContract>
  readonly #options: ReliefOptions
  /** Half of what may wait for one reader. */
  readonly #half: number
  readonly #values: WeakMap<OutgoingMessage, string> = new WeakMap()
  /** Of readers that were relieved and have not caught up since: how much may wait before it is looked at again. */
  readonly #next: WeakMap<SlowReader, number> = new WeakMap()

  constructor(pushes: readonly PushContract[], options: ReliefOptions) {
    this.#pushes = new Map(pushes.map((push) => [push.cmd, push]))
    this.#options = options
    this.#half = options.maxBufferedBytes / 2
  }

  /** Whether so much waits for a reader that it is worth a look. */
  isDue(reader: SlowReader, waitingBytes: number): boolean {
    return waitingBytes > (this.#next.get(reader) ?? Math.min(PAUSE_BYTES, this.#half))
  }

  /** A reader has caught up. */
  forget(reader: SlowReader): void {
    this.#next.delete(reader)
  }

  /**
   * Picks what gives way for a reader: every push of `latest` that a newer one replaces; and when half of what may wait does
   * even so, the oldest of `drop_oldest` until a quarter is left.
   *
   * @param waiting in send order.
   */
  pick(reader: SlowReader, waiting: readonly OutgoingMessage[]): ReadonlySet<OutgoingMessage> {
    const picked = new Set<OutgoingMessage>()
    let left = 0
    const seen = new Set<string>()
    for (const message of waiting.toReversed()) {
      if (this.#isReplaced(message, seen)) picked.add(message)
      else left += message.payload.length
    }
    if (left > this.#half) {
      for (const message of waiting) {
        if (left <= this.#half / 2) break
        if (this.#policyOf(message)?.whenSlow !== 'drop_oldest') continue
        picked.add(message)
        left -= message.payload.length
      }
    }
    // Twice as much before the next look, so that the looks cost no more than the messages themselves.
    this.#next.set(
      reader,
      left < this.#half ? Math.min(this.#half, Math.max(PAUSE_BYTES, 2 * left)) : left + this.#half / 4,
    )
    this.#report(reader, picked)
    return picked
  }

  /** Whether a message outlives the connection of a reader that was too slow for it. */
  keeps(message: OutgoingMessage): boolean {
    return this.#policyOf(message) !== undefined
  }

  #isReplaced(message: OutgoingMessage, seen: Set<string>): boolean {
    const push = this.#policyOf(message)
    if (push?.whenSlow !== 'latest') return false
    const key = `${push.cmd} ${push.coalesceBy === undefined ? '' : this.#valueOf(message, push.coalesceBy)}`
    if (seen.has(key)) return true
    seen.add(key)
    return false
  }

  #report({ sid }: SlowReader, picked: ReadonlySet<OutgoingMessage>): void {
    const counts = new Map<string, number>()
    for (const { label } of picked) counts.set(label, (counts.get(label) ?? 0) + 1)
    for (const [cmd, pushes] of counts) this.#options.reporter.pushesDropped({ sid, cmd, pushes })
  }

  #policyOf({ kind, label }: OutgoingMessage): PushContract | undefined {
    return kind === 'push' ? this.#pushes.get(label) : undefined
  }

  #valueOf(message: OutgoingMessage, property: string): string {
    const known = this.#values.get(message)
    if (known !== undefined) return known
    const { data } = this.#options.codec.decode(message.payload) as { readonly data: Readonly<Record<string, unknown>> }
    const value = String(this.#options.codec.encode({ cmd: message.label, seqno: '', data: data[property] }))
    this.#values.set(message, value)
    return value
  }
}

/** Relief for the slow readers of a contract; nothing where every push is declared to wait. */
export function createRelief({ pushes }: Contract, options: ReliefOptions): Relief | undefined {
  const lossy = pushes.filter(({ whenSlow }) => whenSlow !== undefined)
  return lossy.length === 0 ? undefined : new Relief(lossy, options)
}
