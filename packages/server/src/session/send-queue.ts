import { PAUSE_BYTES } from '@wsrv/protocol'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type { ServerConnection } from '../connection/transport.ts'
import type { Gap } from './gap.ts'
import type { Journal } from './journal.ts'
import type { Relief } from './relief.ts'

/** A receiver of messages: its connection and what waits for it. */
export interface Recipient {
  readonly sid: string
  readonly link: { readonly connection: ServerConnection }
  /** There while its messages are left unread for another reason. */
  readonly brake: unknown
  /** What the connection has not been handed yet, in order. */
  waiting: OutgoingMessage[]
  /** Payloads that wait, in bytes or UTF-16 code units: near enough to tell much from little. */
  waitingSize: number
  /** There when the recipient may come back for what it was sent: its messages wait in a journal. */
  readonly resumable: { readonly journal: Journal; readonly isAttached: boolean; isQueued: boolean } | undefined
}

/** What a {@link SendQueue} holds recipients to. */
export interface SendQueueOptions<Receiver extends Recipient> {
  /** Bytes that may wait for one recipient. */
  readonly maxBufferedBytes: number
  /** More than that waits: the recipient does not read, or not fast enough. */
  readonly overflowed: (recipient: Receiver) => void
  /** A journal has one more message. */
  readonly kept: (recipient: Receiver) => void
  /** Writes a gap. */
  readonly gapMessage: (gap: Gap) => OutgoingMessage
  /** Decides which pushes give way behind a slow reader; `undefined` when all wait. */
  readonly relief: Relief | undefined
}

/**
 * Holds what a loop turn sends and lets it leave at the turn's end, everything for one connection in one write.
 *
 * One write per message costs three times the CPU per request; flushing per microtask batches nothing when nothing is
 * pipelined. A large batch leaves before the turn ends: by then it would have left the processor's cache, which cost 4 KiB
 * replies an eighth, and a loop of pushes would grow without its reader being looked at.
 *
 * A socket is handed at most `PAUSE_BYTES` before its peer takes some; the rest waits here, where it can still be counted,
 * and goes on when the transport reports `drained`. Until then the peer's own messages are not received.
 */
export class SendQueue<Receiver extends Recipient> {
  readonly #maxBufferedBytes: number
  readonly #overflowed: (recipient: Receiver) => void
  readonly #kept: (recipient: Receiver) => void
  readonly #gapMessage: (gap: Gap) => OutgoingMessage
  readonly #relief: Relief | undefined
  /** What is handed over without a look at the socket afterwards. */
  readonly #freeBytes: number
  /** What leaves before the turn ends. */
  readonly #batchSize: number
  #recipients: Receiver[] = []

  constructor({ maxBufferedBytes, overflowed, kept, gapMessage, relief }: SendQueueOptions<Receiver>) {
    this.#maxBufferedBytes = maxBufferedBytes
    this.#overflowed = overflowed
    this.#kept = kept
    this.#gapMessage = gapMessage
    this.#relief = relief
    this.#freeBytes = Math.min(PAUSE_BYTES, maxBufferedBytes)
    this.#batchSize = Math.min(BATCH_SIZE, maxBufferedBytes)
  }

  /** Adds a message behind those that wait. */
  add(recipient: Receiver, message: OutgoingMessage): void {
    if (recipient.resumable !== undefined) {
      this.#keep(recipient, recipient.resumable, message)
      return
    }
    const count = recipient.waiting.push(message)
    recipient.waitingSize += message.payload.length
    if (recipient.waitingSize >= this.#batchSize) this.flush(recipient)
    else if (count === 1 && this.#recipients.push(recipient) === 1) setImmediate(this.#flushAll)
  }

  /** Says behind what waits that pushes are missing, to a recipient that has a journal; no one else could be told. */
  tell(recipient: Receiver, gap: Gap): void {
    if (recipient.resumable === undefined) return
    recipient.resumable.journal.tell(gap)
    this.#enqueue(recipient, recipient.resumable)
  }

  /** Hands over what waits for one recipient, as far as its socket takes it. */
  flush(recipient: Receiver): void {
    const { waiting } = recipient
    if (recipient.resumable !== undefined) this.#sendKept(recipient, recipient.resumable)
    if (waiting.length === 0) return
    const { connection } = recipient.link
    if (connection.bufferedBytes + recipient.waitingSize < this.#freeBytes) this.#sendAll(recipient)
    else this.#fill(recipient)
  }

  /** The recipient's socket takes more again. */
  drained(recipient: Receiver): void {
    this.flush(recipient)
    const { connection } = recipient.link
    if (connection.bufferedBytes >= PAUSE_BYTES) return
    this.#relief?.forget(recipient)
    if (recipient.brake === undefined) connection.resume()
  }

  /** Hands over everything that waits, however much: before the connection closes. */
  finish(recipient: Receiver): void {
    const kept = recipient.resumable?.journal.take(Infinity, this.#gapMessage) ?? []
    if (kept.length > 0) recipient.link.connection.send(kept)
    if (recipient.waiting.length > 0) this.#sendAll(recipient)
  }

  /** Forgets what waits: its reader will not come to read it. */
  clear(recipient: Receiver): void {
    recipient.waiting = []
    recipient.waitingSize = 0
  }

  #keep(recipient: Receiver, resumable: Kept, message: OutgoingMessage): void {
    if (message.kind === 'control') {
      // Not counted and not kept: it leaves after the messages it may refer to, and only while a connection is attached.
      this.#sendKept(recipient, resumable)
      if (resumable.isAttached) recipient.link.connection.send([message])
      return
    }
    resumable.journal.add(message)
    this.#kept(recipient)
    if (resumable.journal.unsentBytes >= this.#batchSize) this.flush(recipient)
    else this.#enqueue(recipient, resumable)
  }

  #enqueue(recipient: Receiver, resumable: Kept): void {
    if (resumable.isQueued) return
    resumable.isQueued = true
    if (this.#recipients.push(recipient) === 1) setImmediate(this.#flushAll)
  }

  /** Hands over from a journal, as far as the socket takes it. */
  #sendKept(recipient: Receiver, resumable: Kept): void {
    const { journal } = resumable
    resumable.isQueued = false
    const { connection } = recipient.link
    while (resumable.isAttached && journal.hasUnsent && connection.bufferedBytes < this.#freeBytes) {
      connection.send(journal.take(this.#freeBytes - connection.bufferedBytes, this.#gapMessage))
    }
    if (this.#relief?.isDue(recipient, journal.unsentBytes)) {
      const picked = this.#relief.pick(recipient, journal.unsent)
      if (picked.size > 0) journal.forgetUnsent((message) => picked.has(message))
    }
    if (!resumable.isAttached || !journal.hasUnsent) return
    const buffered = Math.min(connection.bufferedBytes, PAUSE_BYTES)
    if (journal.unsentBytes - excessOf(journal.newest) + buffered > this.#maxBufferedBytes) this.#overflowed(recipient)
    else connection.pause()
  }

  readonly #flushAll = (): void => {
    const recipients = this.#recipients
    this.#recipients = []
    for (const recipient of recipients) this.flush(recipient)
  }

  #sendAll(recipient: Receiver): void {
    const { waiting } = recipient
    this.clear(recipient)
    recipient.link.connection.send(waiting)
  }

  /** Hands over until the socket holds `PAUSE_BYTES`, and looks at what that leaves. */
  #fill(recipient: Receiver): void {
    const { waiting, link } = recipient
    const { connection } = link
    let sent = 0
    while (sent < waiting.length && connection.bufferedBytes < PAUSE_BYTES) {
      const to = endOfRoom(waiting, sent, PAUSE_BYTES - connection.bufferedBytes)
      connection.send(waiting, sent, to)
      for (; sent < to; sent += 1) recipient.waitingSize -= (waiting[sent] as OutgoingMessage).payload.length
    }
    recipient.waiting = waiting.slice(sent)
    if (this.#relief?.isDue(recipient, recipient.waitingSize)) this.#relieve(recipient, this.#relief)
    // One message may be larger than any bound: what a socket was handed counts as no more than it should have been.
    const buffered = connection.bufferedBytes
    const counted = recipient.waitingSize - excessOf(recipient.waiting.at(-1))
    if (counted + Math.min(buffered, this.#freeBytes) > this.#maxBufferedBytes) this.#overflowed(recipient)
    else if (buffered >= PAUSE_BYTES) connection.pause()
  }

  #relieve(recipient: Receiver, relief: Relief): void {
    const picked = relief.pick(recipient, recipient.waiting)
    if (picked.size === 0) return
    recipient.waiting = recipient.waiting.filter((message) => !picked.has(message))
    for (const { payload } of picked) recipient.waitingSize -= payload.length
  }
}

type Kept = NonNullable<Recipient['resumable']>

/** Sixteen KiB: four 4 KiB replies, or more small ones than a client keeps in flight. */
const BATCH_SIZE = 16_384

/** Index behind the last message that begins within a room. */
function endOfRoom(messages: readonly OutgoingMessage[], from: number, room: number): number {
  let end = from
  let left = room
  for (; end < messages.length && left > 0; end += 1) left -= (messages[end] as OutgoingMessage).payload.length
  return end
}

/**
 * What the newest message that waits is larger than `PAUSE_BYTES`. It is not counted: any answer may be larger than the bound, and
 * a reader that has had no time to read it is not slow.
 */
function excessOf(message: OutgoingMessage | Gap | undefined): number {
  return message === undefined || message.kind === 'gap' ? 0 : Math.max(0, message.payload.length - PAUSE_BYTES)
}
