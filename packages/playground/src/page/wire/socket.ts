import type { Payload } from '@wsrv/protocol'

/** One WebSocket as the page drives it, from its beginning. */
export interface Socket {
  /** Before `opened` and after `closed`, does nothing. */
  send(payload: Payload): void
  /** Closes with a code that scripts may send: 1000, or 3000 to 4999. */
  close(code: number, reason: string): void
  /** Waits so long before each message is read, in ms; 0 reads at full speed. */
  setReadDelay(delayMs: number): void
  /** Whether a read delay makes the server wait; else messages only show late. */
  readonly slowsServer: boolean
}

/** What happens to a socket; `closed` comes once and last, also for one that never opened. */
export interface SocketEvents {
  opened(): void
  received(payload: Payload): void
  closed(close: SocketClose): void
}

/** How a socket ended. RFC 6455 §7.1.5. */
export interface SocketClose {
  readonly code: number
  readonly reason: string
}

/** Begins to connect. Seam: the browser's sockets are the default, tests have their own. */
export type OpenSocket = (url: string, events: SocketEvents) => Socket
