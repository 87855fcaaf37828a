import { EXTENSION } from '@wsrv/protocol'
import type { WireMessage } from '../wire/message.ts'
import type { SocketClose } from '../wire/socket.ts'
import { type CallEntry, type Entry, messagesOf, type PulseEntry } from './entry.ts'

/** Most rows that are kept; beyond it the oldest tenth goes. 100,000 are hours of a busy page. */
const MAX_ENTRIES = 100_000
/** Most bytes of messages that are kept, so that a flood of large pushes does not fill the tab. */
const MAX_BYTES: number = 128 * 1024 * 1024
const DROPPED_SHARE = 0.1

/** Heartbeats and pings in one row, so that a quiet night is not one row without end. */
const MAX_FOLDED = 1_000

/** Status of a stream's item. PROTOCOL.md §Statuses. */
const ITEM = 100

/** Characters of a push's own seqno; a client's never has as many. PROTOCOL.md §Push. */
const PUSH_SEQNO_CHARS = 8

/** The messages and events of one connection, in order, each answer with its request. */
export class Timeline {
  /** Oldest first. */
  entries: Entry[] = []
  /** Rows that were dropped to bound memory. */
  dropped = 0
  /** Changes with every change. */
  revision = 0
  /** Changes when an answer came to a row that is not the newest. */
  rewrites = 0
  /** Changes when rows went. */
  resets = 0
  bytes = 0
  readonly #pending = new Map<string, CallEntry>()
  #ping: { readonly entry: PulseEntry; readonly message: WireMessage } | undefined
  #lastId = 0

  /** Takes a message that was sent or received. */
  add(message: WireMessage): void {
    this.bytes += message.bytes
    if (message.isHeartbeat) this.#pulse(message)
    else if (message.from === 'client') this.#addRequest(message)
    else this.#addFromServer(message)
    this.#changed()
  }

  addEvent(event: 'open' | 'close', atMs: number, close?: SocketClose): void {
    if (event === 'close') this.#losePending()
    this.#push({ kind: 'event', id: this.#nextId(), atMs, event, ...(close && { close }) })
    this.#changed()
  }

  clear(): void {
    this.entries = []
    this.dropped = 0
    this.bytes = 0
    this.resets += 1
    this.#changed()
  }

  /** A row by its id; ids count up. */
  find(id: number): Entry | undefined {
    const { entries } = this
    let [from, to] = [0, entries.length - 1]
    while (from <= to) {
      const middle = (from + to) >> 1
      const entry = entries[middle] as Entry
      if (entry.id === id) return entry
      if (entry.id < id) from = middle + 1
      else to = middle - 1
    }
    return undefined
  }

  #addRequest(message: WireMessage): void {
    if (message.cmd === EXTENSION.ping) {
      this.#ping = { entry: this.#pulse(message), message }
      return
    }
    if (message.cmd === EXTENSION.ack) {
      this.#pulse(message)
      return
    }
    const { atMs, cmd, seqno = '' } = message
    const call: CallEntry = { kind: 'call', id: this.#nextId(), atMs, request: message, items: [] }
    if (cmd !== undefined) this.#pending.set(seqno, call)
    this.#push(call)
  }

  #addFromServer(message: WireMessage): void {
    const { atMs, cmd, seqno, status } = message
    if (cmd === EXTENSION.ping && this.#ping?.message.seqno === seqno) {
      this.#pong(message)
      return
    }
    const call = seqno === undefined ? undefined : this.#pending.get(seqno)
    if (call === undefined) {
      const isPush = cmd !== undefined && seqno?.length === PUSH_SEQNO_CHARS
      this.#push({ kind: isPush ? 'push' : 'stray', id: this.#nextId(), atMs, message })
    } else if (status === ITEM) {
      call.items.push(message)
      this.rewrites += 1
    } else {
      call.response = message
      call.lost = undefined
      this.#pending.delete(seqno ?? '')
      this.rewrites += 1
    }
  }

  #pong(pong: WireMessage): void {
    if (this.#ping === undefined) return
    const { entry, message } = this.#ping
    entry.messages.push(pong)
    entry.lastRoundTripMs = pong.atMs - message.atMs
    this.#ping = undefined
  }

  #pulse(message: WireMessage): PulseEntry {
    const last = this.entries.at(-1)
    if (last?.kind === 'pulse' && last.messages.length < MAX_FOLDED) {
      last.messages.push(message)
      return last
    }
    const entry: PulseEntry = { kind: 'pulse', id: this.#nextId(), atMs: message.atMs, messages: [message] }
    this.#push(entry)
    return entry
  }

  /** Their answers may still come, where the session goes on. */
  #losePending(): void {
    for (const call of this.#pending.values()) call.lost = 'disconnected'
    if (this.#pending.size > 0) this.rewrites += 1
    this.#ping = undefined
  }

  #push(entry: Entry): void {
    this.entries.push(entry)
    if (this.entries.length <= MAX_ENTRIES && this.bytes <= MAX_BYTES) return
    const gone = this.entries.splice(0, Math.ceil(this.entries.length * DROPPED_SHARE))
    for (const one of gone) this.bytes -= bytesOf(one)
    this.dropped += gone.length
    this.resets += 1
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  #changed(): void {
    this.revision += 1
  }
}

function bytesOf(entry: Entry): number {
  return messagesOf(entry).reduce((sum, { bytes }) => sum + bytes, 0)
}
