import type { IncomingMessage } from 'node:http'
import type { Payload } from '@wsrv/protocol'

/** What the server's core needs of one WebSocket connection. Seam: `ws` is the default, every transport runs the same contract suite. */
export interface ServerConnection {
  /** The upgrade request. RFC 6455 §4.1. */
  readonly request: IncomingMessage
  /** Bytes handed over and not yet taken by the operating system. */
  readonly bufferedBytes: number
  /** Sends messages in order, in one write where the transport can. */
  send(messages: readonly OutgoingMessage[]): void
  /** Sends a WebSocket ping. RFC 6455 §5.5.2. */
  ping(): void
  /** Begins the closing handshake after what was sent; idempotent. */
  close(code: number, reason: string): void
  /** Drops the connection without waiting for the peer. */
  terminate(): void
}

/** A message on its way out. The same object goes to every reader of a broadcast, so a transport may keep its frame on it. */
export interface OutgoingMessage {
  readonly payload: Payload
  /** Frame type: binary when true, else text. */
  readonly isBinary: boolean
  /** The transport's own framing of the message, made once and kept here. */
  frame?: Uint8Array
}

/** What a transport tells the core of a connection: `received` and `ponged` any number of times, `closed` exactly once. */
export interface ConnectionEvents {
  /** One whole message of at most `maxMessageBytes` × `HARD_MESSAGE_FACTOR`. */
  received(payload: Uint8Array, isBinary: boolean): void
  ponged(): void
  closed(code: number, reason: string): void
}
