import type { IncomingMessage } from 'node:http'
import type { Payload } from '@wsrv/protocol'
import type { ConnectionEvents, OutgoingMessage, ServerConnection } from '@wsrv/server'
import { type MemoryPeer, sizeOf } from './memory-peer.ts'

/** A connection in memory as a real server sees it. The client answers pings as a WebSocket does: at once. */
export class MemoryServerConnection implements ServerConnection {
  readonly request: IncomingMessage
  readonly #peer: MemoryPeer
  #events: ConnectionEvents | undefined
  /** What came while paused; `undefined` when it is received. */
  #waiting: Payload[] | undefined

  constructor(peer: MemoryPeer, request: IncomingMessage) {
    this.#peer = peer
    this.request = request
  }

  /** Bytes that the client has not read, while it is stalled ({@link MemoryPeer.stall}); else 0. */
  get bufferedBytes(): number {
    return this.#peer.unreadBytes
  }

  /** Reports to the server from now on. */
  serve(events: ConnectionEvents): void {
    this.#events = events
    this.#peer.onFrame = (payload) => {
      // The server must not receive a frame while its client is still sending it.
      queueMicrotask(() => this.#receive(payload))
    }
    this.#peer.onFlow = () => events.drained()
    this.#peer.onClose = ({ code, reason }) => events.closed(code, reason)
  }

  send(messages: readonly OutgoingMessage[], from = 0, to: number = messages.length): void {
    for (const { payload, isBinary } of messages.slice(from, to))
      this.#peer.send(isBinary ? bytesOf(payload) : String(payload))
  }

  pause(): void {
    this.#waiting ??= []
  }

  resume(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const payload of waiting) queueMicrotask(() => this.#receive(payload))
  }

  ping(): void {
    this.resume()
    queueMicrotask(() => this.#events?.ponged())
  }

  close(code: number, reason: string): void {
    this.#peer.close(code, reason)
  }

  terminate(): void {
    this.#peer.drop()
  }

  #receive(payload: Payload): void {
    if (this.#waiting === undefined) this.#events?.received(payload, sizeOf(payload))
    else this.#waiting.push(payload)
  }
}

function bytesOf(payload: Payload): Uint8Array {
  return typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
}
