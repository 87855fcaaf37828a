/** Every WebSocket close code that a wsrv peer sends on purpose. PROTOCOL.md §Close codes; RFC 6455 §7.4. */
export const CLOSE = {
  /** Done; the client does not come back by itself. */
  normal: 1000,
  /** The client's page was left, or its application ends. */
  going_away: 1001,
  /** The client's credentials were refused for good; it does not come back by itself. */
  policy_violation: 1008,
  /** A message over the hard limit (the WebSocket layer sends it). */
  message_too_big: 1009,
  /** The server cannot write an answer: its codec fails. The client reconnects. */
  internal_error: 1011,
  /** The server shuts down; the client reconnects. */
  service_restart: 1012,
  /** Too many unreadable messages. */
  bad_messages: 4400,
  /** No credentials were accepted in time; the client comes back and presents them again. */
  unauthenticated: 4401,
  /** Nothing came for the heartbeat timeout. */
  heartbeat_timeout: 4408,
  /** The client goes on with its session on another connection. */
  moved_on: 4012,
  /** Another connection has the session: the client comes back for a session of its own. */
  session_taken: 4409,
  /** The peer does not read what it is sent, or goes on over its rate where it cannot be left unread. */
  slow_reader: 4429,
} as const

/** The name of a close code that wsrv uses. */
export type CloseName = keyof typeof CLOSE

/** `CLOSE.normal`, for bundles that need no more of the table. */
export const NORMAL_CLOSE: typeof CLOSE.normal = 1000

/** `CLOSE.moved_on`, for bundles that need no more of the table. */
export const MOVED_ON: typeof CLOSE.moved_on = 4012

/** `CLOSE.session_taken`, for bundles that need no more of the table. */
export const SESSION_TAKEN: typeof CLOSE.session_taken = 4409

/** What a WebSocket reports when its connection ended without a close frame; never sent. RFC 6455 §7.4.1. */
export const NO_CLOSE_FRAME = 1006

/** `CLOSE.message_too_big`, for bundles that need no more of the table. */
export const MESSAGE_TOO_BIG: typeof CLOSE.message_too_big = 1009

/** What a WebSocket reports when its peer closed without a code; never sent. RFC 6455 §7.4.1. */
export const NO_STATUS = 1005

/**
 * Closes after which a client does not come back by itself: the server is done with it, or would refuse it again.
 * 1003, 1007, 1008, 1010: what the client is or sends does not suit the server. RFC 6455 §7.4.1.
 */
export const FINAL_CLOSES: readonly number[] = [1000, 1003, 1007, 1008, 1010, 4400]

/**
 * The close reason that asks a client to stay away for a while before it reconnects: `retry after 5000 ms`. Clients add a
 * random delay of their own, so that clients that were asked together do not come back together. PROTOCOL.md §Close codes.
 */
export function retryAfterReason(delayMs: number): string {
  return `retry after ${Math.ceil(delayMs)} ms`
}

/** Whether a close frame may carry a code: 1000 to 1014 but for the three that say there was none, and 3000 to 4999. RFC 6455 §7.4. */
export function isCloseCode(code: number): boolean {
  if (!Number.isInteger(code)) return false
  return (code >= 1000 && code <= 1014 && !NEVER_SENT.includes(code)) || (code >= 3000 && code <= 4999)
}

/** What {@link isCloseCode} accepts, in words. */
export const CLOSE_CODES = '1000 to 1014 without 1004 to 1006, or 3000 to 4999'

const NEVER_SENT: readonly number[] = [1004, NO_STATUS, NO_CLOSE_FRAME]

/** Longest reason of a close frame, in bytes of UTF-8: a control frame holds 125, two are the code's. RFC 6455 §5.5. */
export const MAX_CLOSE_REASON_BYTES = 123
