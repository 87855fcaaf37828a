import type { GapReason } from '@wsrv/protocol'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import { Gap, sizeOf } from './gap.ts'
import type { JournalOptions } from './journal-budget.ts'

/**
 * Everything that a session was sent and has not acknowledged, in send order: first what a connection has taken, then what waits.
 *
 * Messages are numbered from 1; a resume sets the cursor back to what the client has seen. Beyond its bounds a journal forgets
 * messages but never their place: a {@link Gap} stands there. PROTOCOL.md §Sessions.
 */
export class Journal {
  readonly #options: JournalOptions
  #entries: (OutgoingMessage | Gap)[] = []
  /** Index of the first entry that is not acknowledged; those before it are garbage until there are enough to remove. */
  #head = 0
  /** Index of the first entry that no connection has taken. */
  #unsent = 0
  /** Number of the entry before the first. */
  #base = 0
  #sent = 0
  #last = 0
  #acked = 0
  #floor = 0
  /** Messages, gaps not counted, and their size. */
  #messages = 0
  #bytes = 0
  #unsentMessages = 0
  #unsentBytes = 0
  /** Gaps that a connection has taken. */
  #sentGaps = 0
  /** No push stands before this index. */
  #pushesFrom = 0
  #isDetached = false

  constructor(options: JournalOptions) {
    this.#options = options
  }

  /** Number of the newest message. */
  get last(): number {
    return this.#last
  }

  /** The cursor: number of the last message that the current connection has taken, or its client has seen. */
  get sent(): number {
    return this.#sent
  }

  /** Highest number that the client has acknowledged. */
  get acked(): number {
    return this.#acked
  }

  /** A client that has seen less than this number cannot be told what it missed. */
  get floor(): number {
    return this.#floor
  }

  get hasUnsent(): boolean {
    return this.#unsent < this.#entries.length
  }

  /** Size of what waits for a connection, in the unit of {@link JournalOptions.maxBytes}. */
  get unsentBytes(): number {
    return this.#unsentBytes
  }

  /** What was added last, as far as it is kept. */
  get newest(): OutgoingMessage | Gap | undefined {
    return this.#entries.at(-1)
  }

  /** Messages that are kept, gaps not counted. */
  get messages(): number {
    return this.#messages
  }

  /** What it keeps, as a part of what it may: above 1 it forgets. */
  get fullness(): number {
    return Math.max(this.#messages / this.#options.maxMessages, this.#bytes / this.#options.maxBytes)
  }

  /** Appends a message. When that is too much, others give way: while there is a connection, only what it has taken already. */
  add(message: OutgoingMessage): void {
    this.#entries.push(message)
    this.#last += 1
    this.#messages += 1
    this.#bytes += message.payload.length
    this.#unsentMessages += 1
    this.#unsentBytes += message.payload.length
    this.#options.budget.hold(message)
    if (this.#isOver) this.#shrink()
  }

  /** Appends a gap: what it stands for never came here. */
  tell(gap: Gap): void {
    this.#entries.push(gap)
    this.#last += gap.size
    this.#mergeAround(this.#entries.length - 1)
  }

  /**
   * Takes what waits, in order, up to some bytes or one message, for a connection to send.
   *
   * @param maxBytes in the unit of {@link JournalOptions.maxBytes}.
   * @param messageOf writes a gap.
   */
  take(maxBytes: number, messageOf: (gap: Gap) => OutgoingMessage): OutgoingMessage[] {
    const taken: OutgoingMessage[] = []
    let bytes = 0
    while (this.#unsent < this.#entries.length && bytes < maxBytes) {
      const entry = this.#entries[this.#unsent] as OutgoingMessage | Gap
      this.#unsent += 1
      this.#sent += sizeOf(entry)
      if (entry.kind === 'gap') {
        this.#sentGaps += 1
        taken.push(messageOf(entry))
      } else {
        bytes += entry.payload.length
        this.#unsentMessages -= 1
        this.#unsentBytes -= entry.payload.length
        taken.push(entry)
      }
    }
    if (this.#isOver) this.#shrink()
    if (this.#sentGaps > this.#options.maxMessages) this.#raiseFloor()
    return taken
  }

  /** Forgets for good what the client has. Lower than before, it does nothing. */
  ack(number: number): void {
    if (number <= this.#acked) return
    this.#acked = number
    while (this.#head < this.#unsent) {
      const entry = this.#entries[this.#head] as OutgoingMessage | Gap
      if (this.#base + sizeOf(entry) > number) break
      this.#drop(entry)
    }
    this.#trim()
  }

  /**
   * Goes on behind what a returning client has seen, a number from {@link acked} and {@link floor} to {@link sent}: the rest is
   * sent again.
   *
   * @returns false when `seen` lies within a gap, where no client that counts right can be.
   */
  rewind(seen: number): boolean {
    this.ack(seen)
    if (this.#base !== seen) return false
    this.#isDetached = false
    this.#sent = seen
    this.#unsent = this.#head
    this.#sentGaps = 0
    this.#unsentMessages = this.#messages
    this.#unsentBytes = this.#bytes
    this.#compact()
    return true
  }

  /** There is no connection: what waits may give way, too. */
  detach(): void {
    this.#isDetached = true
    if (this.#isOver) this.#shrink()
  }

  /** Forgets everything that a connection has taken: all journals together hold too much. */
  forgetSent(): void {
    for (let index = this.#head; index < this.#unsent; index += 1) {
      if (this.#entries[index]?.kind !== 'gap') this.#forget(index, 'bound')
    }
    this.#raiseFloor()
  }

  /** What waits for a connection, gaps left out. */
  get unsent(): readonly OutgoingMessage[] {
    return this.#entries.slice(this.#unsent).filter((entry) => entry.kind !== 'gap')
  }

  /** Forgets messages that wait: their reader is slow. */
  forgetUnsent(shouldForget: (message: OutgoingMessage) => boolean): void {
    for (let index = this.#unsent; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index] as OutgoingMessage | Gap
      if (entry.kind !== 'gap' && shouldForget(entry)) this.#forget(index, 'slow')
    }
    this.#compact()
  }

  /** Lets go of everything: the session has ended. */
  clear(): void {
    for (const entry of this.#entries.slice(this.#head)) if (entry.kind !== 'gap') this.#options.budget.release(entry)
    this.#entries = []
    this.#head = this.#unsent = this.#pushesFrom = 0
    this.#messages = this.#bytes = this.#unsentMessages = this.#unsentBytes = 0
  }

  get #isOver(): boolean {
    return this.#messages > this.#options.maxMessages || this.#bytes > this.#options.maxBytes
  }

  /** Forgets messages until there are few enough: the oldest push, else the oldest item, else the oldest reply. */
  #shrink(): void {
    const end = this.#isDetached ? this.#entries.length : this.#unsent
    while (this.#isOver && (this.#isDetached || this.#messages > this.#unsentMessages)) {
      const index = this.#find('push', end) ?? this.#find('item', end) ?? this.#find('reply', end)
      if (index === undefined) return
      this.#forget(index, 'bound')
      if (index < this.#unsent) this.#raiseFloor()
      else this.#mergeAround(index)
    }
  }

  /** Index of the first message of a kind before `end`. */
  #find(kind: OutgoingMessage['kind'], end: number): number | undefined {
    const isPush = kind === 'push'
    let index = isPush ? Math.max(this.#head, this.#pushesFrom) : this.#head
    while (index < end && this.#entries[index]?.kind !== kind) index += 1
    if (isPush) this.#pushesFrom = index
    return index < end ? index : undefined
  }

  /** Puts a gap in the place of a message. */
  #forget(index: number, why: GapReason): void {
    const message = this.#entries[index] as OutgoingMessage
    this.#entries[index] = Gap.of(message, why)
    this.#release(message)
    if (index < this.#unsent) {
      this.#sentGaps += 1
      return
    }
    this.#unsentMessages -= 1
    this.#unsentBytes -= message.payload.length
  }

  /** Unsent gaps side by side are one: the client is told of them together. A sent one may lie before what it has seen. */
  #mergeAround(index: number): void {
    const entries = this.#entries
    const gap = entries[index] as Gap
    const next = entries[index + 1]
    if (next?.kind === 'gap') {
      gap.absorb(next)
      entries.splice(index + 1, 1)
    }
    const previous = index > this.#unsent ? entries[index - 1] : undefined
    if (previous?.kind === 'gap') {
      previous.absorb(gap)
      entries.splice(index, 1)
      this.#pushesFrom = Math.min(this.#pushesFrom, index)
    }
  }

  /** Merges all unsent gaps that stand side by side. */
  #compact(): void {
    const merged: (OutgoingMessage | Gap)[] = this.#entries.slice(this.#head, this.#unsent)
    const unsent = merged.length
    for (let index = this.#unsent; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index] as OutgoingMessage | Gap
      const previous = merged.length > unsent ? merged.at(-1) : undefined
      if (entry.kind === 'gap' && previous?.kind === 'gap') previous.absorb(entry)
      else merged.push(entry)
    }
    this.#entries = merged
    this.#head = 0
    this.#unsent = unsent
    this.#pushesFrom = 0
  }

  /** Too many sent gaps: the oldest are not told any more, and a client that missed them is refused. */
  #raiseFloor(): void {
    while (this.#sentGaps > this.#options.maxMessages) {
      this.#drop(this.#entries[this.#head] as OutgoingMessage | Gap)
      this.#floor = this.#base
    }
    this.#trim()
  }

  /** Removes the first entry, which is sent. */
  #drop(entry: OutgoingMessage | Gap): void {
    this.#base += sizeOf(entry)
    this.#head += 1
    if (entry.kind === 'gap') this.#sentGaps -= 1
    else this.#release(entry)
  }

  #release(message: OutgoingMessage): void {
    this.#messages -= 1
    this.#bytes -= message.payload.length
    this.#options.budget.release(message)
  }

  /** Removes what is garbage once it is the larger part: a removal a message would move all that follow. */
  #trim(): void {
    if (this.#head * 2 < this.#entries.length) return
    this.#entries.splice(0, this.#head)
    this.#unsent -= this.#head
    this.#pushesFrom = Math.max(0, this.#pushesFrom - this.#head)
    this.#head = 0
  }
}
