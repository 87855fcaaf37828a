import type { Clock } from '@wsrv/protocol'
import type { BrokerEvent } from '@wsrv/server'
import { encodeEntry, encodeMessage } from './message.ts'
import type { CommandLink } from './redis-port.ts'
import type { Settings } from './settings.ts'

/** What the queue needs to know. */
export interface OutgoingOptions {
  readonly settings: Pick<Settings, 'clock' | 'maxQueued' | 'maxQueuedBytes' | 'maxDelayMs'>
  readonly node: string
  /** Channel of all sessions: what was lost on too many channels to remember each is told there. */
  readonly everyone: string
  /** The open link; `undefined` while Redis is away. */
  readonly link: () => CommandLink | undefined
  /** Called before messages leave: what they announce must be there when they arrive. */
  readonly before: () => void
  /** A publish failed or was not answered: the link that it left by is of no use. */
  readonly failed: (error: Error, link: CommandLink) => void
  readonly report: (event: BrokerEvent) => void
}

/** A message's content on its way to a channel. */
export interface OutgoingEntry {
  readonly channel: string
  readonly partition: number
  readonly bytes: Buffer
  /** Pushes in it by name, which are told when it is lost; `undefined` for what is not told. */
  readonly pushes: ReadonlyMap<string, number> | undefined
  /** Called when Redis has it. */
  readonly sent?: () => void
}

/**
 * The bounded queue of what this server has for the others. All of a turn leaves together, one message per channel. What
 * falls out while Redis is away is counted by channel and name, and its receivers are told once it is back.
 */
export class Outgoing {
  readonly #options: OutgoingOptions
  readonly #clock: Clock
  #queue: QueuedEntry[] = []
  #bytes = 0
  /** Bytes published and not answered yet: beyond a bound the queue waits. */
  #unanswered = 0
  #isFlushScheduled = false
  /** Numbers of messages by partition. */
  readonly #numbers: number[] = []
  #lost = new Map<string, LostPushes>()

  constructor(options: OutgoingOptions) {
    this.#options = options
    this.#clock = options.settings.clock
  }

  /** Deliveries that wait. */
  get size(): number {
    return this.#queue.length
  }

  /** Bytes of the deliveries that wait. */
  get bytes(): number {
    return this.#bytes
  }

  add(entry: OutgoingEntry): void {
    this.#queue.push({ entry, at: this.#clock.now() })
    this.#bytes += entry.bytes.length
    const { maxQueued, maxQueuedBytes } = this.#options.settings
    let surplus = 0
    while (this.#queue.length - surplus > maxQueued || this.#bytes > maxQueuedBytes) this.#forget(surplus++)
    this.#drop(surplus, 'full')
    this.#schedule()
  }

  /** Number of the next message of a partition. */
  nextNumber(partition: number): number {
    const number = (this.#numbers[partition] ?? 0) + 1
    this.#numbers[partition] = number
    return number
  }

  /** Sends what waits, if Redis is there. */
  flush(): void {
    this.#isFlushScheduled = false
    this.#expire()
    const link = this.#options.link()
    if (link === undefined || this.#unanswered > MAX_UNANSWERED_BYTES) return
    this.#options.before()
    for (const [channel, lost] of this.#lost) this.#publishLost(link, channel, lost)
    this.#lost = new Map()
    const queue = this.#queue
    this.#queue = []
    this.#bytes = 0
    for (const batch of batchesOf(queue)) this.#publish(link, batch)
  }

  /** Drops what has waited too long. */
  #expire(): void {
    const oldest = this.#clock.now() - this.#options.settings.maxDelayMs
    let late = 0
    while ((this.#queue[late]?.at ?? Number.POSITIVE_INFINITY) < oldest) this.#forget(late++)
    this.#drop(late, 'late')
  }

  #forget(index: number): void {
    const queued = this.#queue[index]
    if (queued === undefined) return
    this.#bytes -= queued.entry.bytes.length
    this.#noteLost(queued.entry)
  }

  #drop(deliveries: number, why: 'full' | 'late'): void {
    if (deliveries === 0) return
    this.#queue = this.#queue.slice(deliveries)
    this.#options.report({ kind: 'dropped', deliveries, why })
  }

  #noteLost({ channel, partition, pushes }: OutgoingEntry): void {
    if (pushes === undefined) return
    const isRoom = this.#lost.has(channel) || this.#lost.size < MAX_LOST_CHANNELS
    const { everyone } = this.#options
    const key = isRoom ? channel : everyone
    const lost = this.#lost.get(key) ?? { partition: isRoom ? partition : 0, pushes: new Map<string, number>() }
    this.#lost.set(key, lost)
    for (const [cmd, count] of pushes) lost.pushes.set(cmd, (lost.pushes.get(cmd) ?? 0) + count)
  }

  #schedule(): void {
    if (this.#isFlushScheduled || this.#options.link() === undefined) return
    this.#isFlushScheduled = true
    setImmediate(() => this.flush())
  }

  #publishLost(link: CommandLink, channel: string, { partition, pushes }: LostPushes): void {
    const bytes = encodeEntry({ kind: 'lost', pushes })
    this.#publish(link, { channel, partition, entries: [{ channel, partition, bytes, pushes }] })
  }

  #publish(link: CommandLink, { channel, partition, entries }: Batch): void {
    const content = entries.map(({ bytes }) => bytes)
    const message = encodeMessage(this.#options.node, this.nextNumber(partition), content)
    this.#unanswered += message.length
    link.publish(channel, message).then(
      () => {
        this.#answered(message.length)
        for (const { sent } of entries) sent?.()
      },
      (error: Error) => {
        this.#answered(message.length)
        for (const entry of entries) this.#noteLost(entry)
        this.#options.report({ kind: 'dropped', deliveries: entries.length, why: 'unanswered' })
        this.#options.failed(error, link)
      },
    )
  }

  #answered(bytes: number): void {
    this.#unanswered -= bytes
    if (this.#queue.length > 0 && this.#unanswered <= MAX_UNANSWERED_BYTES) this.#schedule()
  }
}

interface QueuedEntry {
  readonly entry: OutgoingEntry
  /** When it was queued, in ms of the clock. */
  readonly at: number
}

interface LostPushes {
  readonly partition: number
  readonly pushes: Map<string, number>
}

interface Batch {
  readonly channel: string
  readonly partition: number
  readonly entries: OutgoingEntry[]
}

/** Bytes on their way to Redis beyond which the rest waits in the bounded queue: some ms of a fast link. */
const MAX_UNANSWERED_BYTES = 8_388_608

/** Channels of which the lost pushes are remembered one by one. */
const MAX_LOST_CHANNELS = 1_000

/** A message holds at most this many bytes of entries, unless one entry is larger: readers handle it in one turn. */
const MAX_BATCH_BYTES = 262_144

/** One batch per channel, or several where that is much; the order within a channel is kept. */
function batchesOf(queue: readonly QueuedEntry[]): Iterable<Batch> {
  const done: Batch[] = []
  const open = new Map<string, Batch & { bytes: number }>()
  for (const { entry } of queue) {
    const { channel, partition, bytes } = entry
    let batch = open.get(channel)
    if (batch !== undefined && batch.bytes + bytes.length > MAX_BATCH_BYTES) batch = undefined
    if (batch === undefined) {
      batch = { channel, partition, entries: [], bytes: 0 }
      open.set(channel, batch)
      done.push(batch)
    }
    batch.entries.push(entry)
    batch.bytes += bytes.length
  }
  return done
}
