import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Payload } from '@wsrv/protocol'
import type { UpgradeRequest } from './upgrade-request.ts'

/** Makes WebSocket connections out of upgrades. Seam: `ws` is the default, every transport runs the same contract suite. */
export interface ServerTransport {
  /** Answers an upgrade that the server has let in, or refuses a malformed one itself. RFC 6455 §4.2. */
  upgrade(upgrade: Upgrade, open: (connection: ServerConnection) => ConnectionEvents): void
}

/** What Node's `http.Server` hands over in its `upgrade` event. */
export interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What the client sent right after its request. */
  readonly head: Buffer
}

/** What the server's core needs of one WebSocket connection. */
export interface ServerConnection {
  /** The upgrade request. RFC 6455 §4.1. */
  readonly request: UpgradeRequest
  /** Bytes handed over and not yet taken by the operating system. */
  readonly bufferedBytes: number
  /**
   * Sends messages in order, in one write where the transport can. Keeps no hold of the array.
   *
   * While more than `PAUSE_BYTES` wait for the peer its own messages are not received, where the transport can.
   */
  send(messages: readonly OutgoingMessage[]): void
  /** Sends a WebSocket ping, and receives again for a while: the pong must be heard. RFC 6455 §5.5.2. */
  ping(): void
  /** Begins the closing handshake after what was sent; idempotent. A peer that does not answer is dropped in time. */
  close(code: number, reason: string): void
  /** Drops the connection without waiting for the peer. */
  terminate(): void
}

/** A message on its way out. */
export interface OutgoingMessage {
  readonly payload: Payload
  /** Frame type: binary when true, else text. */
  readonly isBinary: boolean
  /** Whether the same object goes to several readers, so that a transport does well to keep its {@link frame}. */
  readonly isShared: boolean
  /** The transport's own framing of a shared message, made once and kept here. */
  frame: Uint8Array | undefined
}

/**
 * What a transport tells the core of a connection: `received` and `ponged` any number of times, `exceeded` at
 * most once, then `closed` exactly
 * once; never from within a call of the core's.
 */
export interface ConnectionEvents {
  /**
   * One whole message of at most `maxMessageBytes` × `HARD_MESSAGE_FACTOR`: text as a string, binary as bytes.
   *
   * @param bytes its size on the wire.
   */
  received(payload: Payload, bytes: number): void
  ponged(): void
  /** A message that is larger came and was not received; `closed` follows. */
  exceeded(): void
  /** RFC 6455 §7.1.5 and §7.1.6. */
  closed(code: number, reason: string): void
}
