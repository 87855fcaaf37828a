import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Payload } from '@wsrv/protocol'
import type { OutgoingMessage } from './outgoing-message.ts'

/** Makes WebSocket connections out of upgrades. Seam: `ws` is the default, every transport runs the same contract suite. */
export interface ServerTransport {
  /** Answers an upgrade that the server accepted, or refuses a malformed one itself. RFC 6455 §4.2. */
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
   * Whether the transport cannot report {@link ConnectionEvents.progressed}, but drops a connection by itself when not a byte came for
   * some half a minute: a message that takes long to arrive must not pass for silence. Default false.
   */
  readonly isBlind?: boolean
  /** Whether the transport goes on receiving its peer's messages though {@link pause} was called. Default false. */
  readonly isUnstoppable?: boolean
  /**
   * Sends messages in order, in one write where the transport can. Keeps no hold of the array.
   *
   * When {@link bufferedBytes} is `PAUSE_BYTES` or more after it, {@link ConnectionEvents.drained} follows.
   *
   * @param from index of the first one to send; default 0.
   * @param to index behind the last one; default their number.
   */
  send(messages: readonly OutgoingMessage[], from?: number, to?: number): void
  /** Stops receiving the peer's messages where the transport can, until {@link resume} or {@link ping}; idempotent. */
  pause(): void
  /** Receives again; harmless when it does. */
  resume(): void
  /** Sends a WebSocket ping, and receives again, so that the pong can be seen. RFC 6455 §5.5.2. */
  ping(): void
  /** Begins the closing handshake after what was sent; idempotent. A peer that does not answer is dropped in time. */
  close(code: number, reason: string): void
  /** Drops the connection without waiting for the peer. */
  terminate(): void
}

/**
 * What a transport reports of a connection: `received`, `ponged`, `progressed` and `drained` any number of times, `exceeded` at most once,
 * then `closed` exactly once; never from within a call of the core's.
 */
export interface ConnectionEvents {
  /**
   * One whole message of at most `maxMessageBytes` × `HARD_MESSAGE_FACTOR`: text as a string, binary as bytes.
   *
   * @param bytes its size on the wire.
   */
  received(payload: Payload, bytes: number): void
  ponged(): void
  /** Part of a message came that is not whole yet: its peer is alive. */
  progressed(): void
  /** What was sent has left the process, so that {@link ServerConnection.bufferedBytes} is below `PAUSE_BYTES` again. */
  drained(): void
  /** A message that is larger came and was not received; `closed` follows. */
  exceeded(): void
  /** RFC 6455 §7.1.5 and §7.1.6. */
  closed(code: number, reason: string): void
}

/**
 * The HTTP request that asked for a connection: what every transport knows of it. Node's own `IncomingMessage` is one.
 * RFC 6455 §4.1.
 */
export interface UpgradeRequest {
  /** Path and query: `/ws?token=x`. */
  readonly url?: string | undefined
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders
  readonly socket: {
    /** The peer's IP address; `undefined` once it is not known any more. */
    readonly remoteAddress?: string | undefined
  }
}
