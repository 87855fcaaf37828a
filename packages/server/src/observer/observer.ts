import type { Limits } from '../limits.ts'

/**
 * What happened, with ids, durations and sizes: the way out for metrics and traces. Seam; a method left out costs nothing.
 *
 * What a method throws, or a promise it returns rejects with, is logged; the promise is not awaited.
 */
export interface Observer {
  connectionOpened?(event: ConnectionOpened): void
  connectionClosed?(event: ConnectionClosed): void
  requestEnded?(event: RequestEnded): void
  requestRefused?(event: RequestRefused): void
  pushSent?(event: PushSent): void
  /** Pushes gave way behind a reader that is too slow for them, as the contract declares. */
  pushesDropped?(event: PushesDropped): void
  /** An upgrade did not become a connection; when a limit was the reason, {@link limitReached} comes first. */
  upgradeRefused?(event: UpgradeRefused): void
  /** A client came to a limit, and what PROTOCOL.md §Limits says of it follows. */
  limitReached?(event: LimitReached): void
  /** Something happened between this server and the others of its broker. */
  brokerEvent?(event: BrokerEvent): void
  /** Something of the server's own went wrong. It is logged, too. */
  failed?(event: Failure): void
}

/** A session began. */
export interface ConnectionOpened {
  readonly sid: string
  readonly remoteAddress: string
}

/** A session ended. */
export interface ConnectionClosed {
  readonly sid: string
  /** Close code. PROTOCOL.md §Close codes. */
  readonly code: number
  readonly reason: string
  readonly durationMs: number
}

/** A request of a known command, the protocol's own included, was answered, or its connection ended before. */
export interface RequestEnded {
  readonly sid: string
  readonly cmd: string
  readonly seqno: string
  /** The answer's status; `STATUS.cancelled` when the client was gone. */
  readonly status: number
  readonly durationMs: number
  /** Size of the request's message, in bytes. */
  readonly requestBytes: number
  /** Size of the answer's message, in bytes; 0 when the client was gone. */
  readonly responseBytes: number
}

/** A message was answered without asking a handler: it is not a request, its command is unknown, its data is not good, or it was one too many. */
export interface RequestRefused {
  readonly sid: string
  /** Whatever the client sent, and so anything; `''` when it could not be read. */
  readonly cmd: string
  readonly seqno: string
  readonly status: number
  /** Size of the message, in bytes. */
  readonly requestBytes: number
  /** Size of the answer's message, in bytes. */
  readonly responseBytes: number
}

/** An upgrade was answered with an HTTP error. */
export interface UpgradeRefused {
  /** Its `Origin` is not allowed; `authorizeUpgrade` said so, or failed; a limit; the server closes. */
  readonly reason: 'origin' | 'authorize' | 'limit' | 'closing'
  /** HTTP status. */
  readonly status: number
  /** The headers of that name; `undefined` when there were none. */
  readonly origin: string | undefined
  readonly host: string | undefined
  readonly remoteAddress: string | undefined
}

/** A push was handed to sessions of this server. */
export interface PushSent {
  readonly cmd: string
  /** The push's own. */
  readonly seqno: string
  /** The session it was for; absent when it was for a room or for everyone. */
  readonly sid?: string | undefined
  /** Sessions it went to. */
  readonly receivers: number
  /** Size of its message, in bytes; each receiver was sent so many. */
  readonly bytes: number
}

/** Pushes of one name gave way behind a slow reader. PROTOCOL.md §Slow readers. */
export interface PushesDropped {
  readonly sid: string
  readonly cmd: string
  /** How many. */
  readonly pushes: number
}

/** A client came to a limit. */
export interface LimitReached {
  readonly limit: LimitName
  /** What the limit is set to, in the unit of its name. */
  readonly value: number
  /** The session; absent when it has not begun. */
  readonly sid?: string | undefined
  /** The request, if it was one that was one too many, or too slow. */
  readonly cmd?: string | undefined
  readonly seqno?: string | undefined
  /** The peer's IP address, of upgrades that were refused. */
  readonly remoteAddress?: string | undefined
}

/** Every limit that refuses or closes something: those of `limits`, and the options that end with `TimeoutMs`. */
export type LimitName =
  | Exclude<keyof Limits, 'maxIssues'>
  | 'hardMessageBytes'
  | 'handshakeTimeoutMs'
  | 'handlerTimeoutMs'
  | 'heartbeatTimeoutMs'

/** A failure of the server's own code. */
export interface Failure {
  readonly kind: FailureKind
  /** What was thrown, or what says what was wrong. */
  readonly error: unknown
  readonly sid?: string
  readonly cmd?: string
  readonly seqno?: string
}

/**
 * What failed: a handler or middleware that threw; an answer, or an error's data, that does not match the
 * contract; a chain that ended without an answer; a request that could not be checked, because its schema is
 * broken; a codec that cannot write an answer; an `authenticate` or `authorizeUpgrade` that threw or gave no verdict; a
 * listener, broker, observer or origin check that threw; an HTTP server of `listen` that could not accept a connection.
 */
export type FailureKind =
  | 'handler_threw'
  | 'bad_response'
  | 'no_answer'
  | 'check_failed'
  | 'codec_failed'
  | 'authenticate_failed'
  | 'authorize_failed'
  | 'listener_threw'
  | 'broker_failed'
  | 'observer_threw'
  | 'origin_check_threw'
  | 'accept_failed'

/**
 * What happened between the servers of one broker: `away` and `back` once per outage, never per push; `latency`,
 * `queue` and `presence`, the members of rooms at this server, once in a while. Durations in ms.
 */
export type BrokerEvent =
  | { readonly kind: 'away'; readonly error: unknown }
  | { readonly kind: 'back'; readonly awayMs: number }
  | { readonly kind: 'dropped'; readonly deliveries: number; readonly why: 'full' | 'late' | 'unanswered' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'rejected'; readonly error: unknown }
  | { readonly kind: 'deaf'; readonly deafMs: number }
  | { readonly kind: 'resubscribed'; readonly channels: number }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'queue'; readonly deliveries: number; readonly bytes: number }
  | { readonly kind: 'presence'; readonly members: number }
  | { readonly kind: 'node_lost'; readonly node: string; readonly members: number }
  | { readonly kind: 'lost'; readonly pushes: number; readonly sessions: number }
