import type { Target } from '@wsrv/server'
import type { KeptLink } from './kept-link.ts'
import type { SubscriptionLink } from './redis-port.ts'
import type { Settings } from './settings.ts'

/** What the subscriptions need to know. */
export interface IncomingOptions {
  readonly settings: Pick<Settings, 'clock' | 'lingerMs'>
  readonly kept: KeptLink<SubscriptionLink>
}

/** A channel that this server receives. */
interface Followed {
  readonly target: Target | undefined
  readonly partition: number
  /** Whether there is a local receiver; without one the channel is left after a while. */
  isWanted: boolean
  /** When its last receiver left, in ms of the clock. */
  leftAt: number
  isSubscribed: boolean
  waiting: (() => void)[]
}

/**
 * The channels that this server receives. They are subscribed together once per turn, in blocks; a channel counts when
 * Redis has confirmed it. A fresh link gets all of them again before it counts as open.
 */
export class Incoming {
  readonly #options: IncomingOptions
  readonly #followed = new Map<string, Followed>()
  #pending = new Set<string>()
  #isScheduled = false

  constructor(options: IncomingOptions) {
    this.#options = options
  }

  /** Channels that are followed. */
  get size(): number {
    return this.#followed.size
  }

  /** What a channel's pushes are for, if local sessions follow it. */
  targetOf(channel: string): Target | undefined {
    return this.#followed.get(channel)?.target
  }

  partitionOf(channel: string): number {
    return this.#followed.get(channel)?.partition ?? 0
  }

  /**
   * Begins to receive a channel.
   *
   * @returns resolves when it is confirmed, or the link is away; `undefined` when it was confirmed before, or the link is away.
   */
  follow(channel: string, partition: number, target: Target | undefined): Promise<void> | undefined {
    let followed = this.#followed.get(channel)
    if (followed === undefined) {
      followed = { target, partition, isWanted: true, leftAt: 0, isSubscribed: false, waiting: [] }
      this.#followed.set(channel, followed)
      this.#pending.add(channel)
      this.#schedule()
    }
    followed.isWanted = true
    if (followed.isSubscribed || this.#options.kept.current === undefined) return undefined
    const { waiting } = followed
    return new Promise((resolve) => waiting.push(resolve))
  }

  /** Leaves a channel, after the linger time. */
  unfollow(channel: string): void {
    const followed = this.#followed.get(channel)
    if (followed === undefined) return
    followed.isWanted = false
    followed.leftAt = this.#options.settings.clock.now()
  }

  /** Leaves the channels that were not wanted for the linger time; called every second. */
  sweep(): void {
    const { clock, lingerMs } = this.#options.settings
    const before = clock.now() - lingerMs
    const leaving: [channel: string, partition: number][] = []
    for (const [channel, { isWanted, leftAt, partition }] of this.#followed) {
      if (isWanted || leftAt > before) continue
      this.#followed.delete(channel)
      this.#pending.delete(channel)
      leaving.push([channel, partition])
    }
    const link = this.#options.kept.current
    if (link === undefined) return
    for (const [partition, channels] of blocksOf(leaving)) {
      link.unsubscribe(partition, channels).catch((error: Error) => this.#options.kept.drop(error, link))
    }
  }

  /** Subscribes everything at a fresh link, block by block; resolves when the last block is confirmed. */
  async subscribeAll(link: SubscriptionLink): Promise<number> {
    this.#pending = new Set()
    for (const followed of this.#followed.values()) followed.isSubscribed = false
    const all = [...this.#followed].map(([channel, { partition }]) => [channel, partition] as const)
    for (const block of blocksOf(all)) await this.#subscribe(link, block)
    return all.length
  }

  /** The link is away: those that wait for a channel need not wait for it, they are told of a gap when it is back. */
  away(): void {
    for (const followed of this.#followed.values()) {
      followed.isSubscribed = false
      confirm(followed)
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => this.#subscribePending())
  }

  #subscribePending(): void {
    this.#isScheduled = false
    const link = this.#options.kept.current
    // A link that is being opened subscribes everything by itself; what came meanwhile is done when it is open.
    if (link === undefined) return
    const pending = [...this.#pending].map((channel) => [channel, this.#followed.get(channel)?.partition ?? 0] as const)
    this.#pending = new Set()
    for (const block of blocksOf(pending)) {
      this.#subscribe(link, block).catch((error: Error) => this.#options.kept.drop(error, link))
    }
  }

  /** Subscribes what was followed while a fresh link was being made ready. */
  resume(): void {
    if (this.#pending.size > 0) this.#schedule()
  }

  async #subscribe(link: SubscriptionLink, [partition, channels]: Block): Promise<void> {
    await link.subscribe(partition, channels)
    for (const channel of channels) {
      const followed = this.#followed.get(channel)
      if (followed === undefined) continue
      followed.isSubscribed = true
      confirm(followed)
    }
  }
}

type Block = readonly [partition: number, channels: readonly string[]]

/** Channels in one SUBSCRIBE: its replies come in one piece, and Redis serves others between two blocks. */
const BLOCK = 1_000

function confirm(followed: Followed): void {
  const { waiting } = followed
  if (waiting.length === 0) return
  followed.waiting = []
  for (const resolve of waiting) resolve()
}

/** Blocks of at most {@link BLOCK} channels of one partition. */
function blocksOf(channels: Iterable<readonly [channel: string, partition: number]>): Block[] {
  const byPartition = new Map<number, string[]>()
  const blocks: Block[] = []
  for (const [channel, partition] of channels) {
    let block = byPartition.get(partition)
    if (block === undefined || block.length === BLOCK) {
      block = []
      byPartition.set(partition, block)
      blocks.push([partition, block])
    }
    block.push(channel)
  }
  return blocks
}
