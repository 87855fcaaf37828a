import type { WireMessage } from '../wire/message.ts'
import type { SocketClose } from '../wire/socket.ts'

/** One row of a timeline, or several under one. */
export type Entry = CallEntry | PushEntry | PulseEntry | StrayEntry | EventEntry

/** A request with everything that answered it. */
export interface CallEntry {
  readonly kind: 'call'
  readonly id: number
  readonly atMs: number
  readonly request: WireMessage
  /** What a stream sent before its end, in order. */
  readonly items: WireMessage[]
  response?: WireMessage
  /** Why no answer will come. */
  lost?: 'disconnected' | undefined
}

/** A message that the server sent of itself. */
export interface PushEntry {
  readonly kind: 'push'
  readonly id: number
  readonly atMs: number
  readonly message: WireMessage
}

/** Heartbeats, pings and acknowledgements with nothing between them. */
export interface PulseEntry {
  readonly kind: 'pulse'
  readonly id: number
  readonly atMs: number
  readonly messages: WireMessage[]
  lastRoundTripMs?: number
}

/** A message that is neither: unreadable, or an answer to nothing. */
export interface StrayEntry {
  readonly kind: 'stray'
  readonly id: number
  readonly atMs: number
  readonly message: WireMessage
}

/** Something that happened to the connection. */
export interface EventEntry {
  readonly kind: 'event'
  readonly id: number
  readonly atMs: number
  readonly event: 'open' | 'close'
  readonly close?: SocketClose
}

/** Time from request to its final answer, in ms. */
export function latencyOf({ request, response }: CallEntry): number | undefined {
  return response && response.atMs - request.atMs
}

/** Every message of an entry, in order. */
export function messagesOf(entry: Entry): readonly WireMessage[] {
  switch (entry.kind) {
    case 'push':
    case 'stray':
      return [entry.message]
    case 'pulse':
      return entry.messages
    case 'call':
      return [entry.request, ...entry.items, ...(entry.response ? [entry.response] : [])]
    case 'event':
      return []
  }
}
