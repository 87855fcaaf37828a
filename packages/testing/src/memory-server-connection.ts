import type { IncomingMessage } from 'node:http'
import type { Payload } from '@wsrv/protocol'
import type { ConnectionEvents, OutgoingMessage, ServerConnection } from '@wsrv/server'
import type { MemoryPeer } from './memory-peer.ts'

/** A connection in memory as a real server sees it. The client answers pings as a WebSocket does: at once. */
export class MemoryServerConnection implements ServerConnection {
  readonly request: IncomingMessage
  /** A memory is never full. */
  readonly bufferedBytes = 0
  readonly #peer: MemoryPeer
  #events: ConnectionEvents | undefined

  constructor(peer: MemoryPeer, request: IncomingMessage) {
    this.#peer = peer
    this.request = request
  }

  /** Tells the server's events what happens from now on. */
  serve(events: ConnectionEvents): void {
    this.#events = events
    this.#peer.onFrame = (payload) => {
      // The server must not hear of a frame while its client is still sending it.
      queueMicrotask(() => events.received(payload, sizeOf(payload)))
    }
    this.#peer.onClose = ({ code, reason }) => events.closed(code, reason)
  }

  send(messages: readonly OutgoingMessage[]): void {
    for (const { payload, isBinary } of messages) this.#peer.send(isBinary ? bytesOf(payload) : String(payload))
  }

  ping(): void {
    queueMicrotask(() => this.#events?.ponged())
  }

  close(code: number, reason: string): void {
    this.#peer.close(code, reason)
  }

  terminate(): void {
    this.#peer.drop()
  }
}

function bytesOf(payload: Payload): Uint8Array {
  return typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
}

function sizeOf(payload: Payload): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
}
