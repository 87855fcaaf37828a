import type { Payload } from '@wsrv/protocol'

/** Opens connections for a client. Seam: isomorphic-ws is the default, every transport runs the same contract suite. */
export interface Transport {
  /** Begins one attempt to connect; never throws: a failure arrives as {@link TransportEvents.closed}. */
  connect(url: string, events: TransportEvents): Connection
}

/** What a connection calls back, in this order: `opened` at most once, `received` any number, `closed` exactly once. */
export interface TransportEvents {
  opened(): void
  received(payload: Payload): void
  closed(close: ConnectionClose): void
}

/** Why a connection ended. RFC 6455 §7.4; 1006 without a close frame. */
export interface ConnectionClose {
  readonly code: number
  /** The peer's words; without them what the transport knows, which in browsers is nothing. */
  readonly reason: string
  /** The transport's own error, where it had one. */
  readonly cause?: unknown
}

/** One connection, opening or open. */
export interface Connection {
  /**
   * Sends one message: a string as text, bytes as binary.
   *
   * @returns false when the connection is not open yet, or has begun to close: the message was not sent.
   */
  send(payload: Payload): boolean
  /**
   * A number that grows with every byte that comes or leaves, as far as the transport can see them; its size means nothing. Signs of
   * life of a link that is busy with a long message. Without it only whole messages are.
   */
  progress?(): number
  /** Begins the closing handshake; idempotent. */
  close(code: number, reason: string): void
  /** Drops the connection without waiting for the peer, which may be gone: `closed` follows at once. */
  terminate(): void
}
