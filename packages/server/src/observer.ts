/** What happened, with ids and durations: the way out for metrics and traces. Seam; a method left out costs nothing. */
export interface Observer {
  connectionOpened?(event: ConnectionOpened): void
  connectionClosed?(event: ConnectionClosed): void
  requestEnded?(event: RequestEnded): void
  requestRefused?(event: RequestRefused): void
  pushSent?(event: PushSent): void
  /** Something of the server's own went wrong. The logger is told too. */
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
  /** The answer's status; `STATUS.cancelled` when nobody was left to answer. */
  readonly status: number
  readonly durationMs: number
}

/** A message was answered without asking a handler: it is no request, unknown, not good, or one too many. */
export interface RequestRefused {
  readonly sid: string
  /** Whatever the client sent, and so anything; `''` when it could not be read. */
  readonly cmd: string
  readonly seqno: string
  readonly status: number
}

/** A push was handed to sessions of this server. */
export interface PushSent {
  readonly cmd: string
  /** Sessions it went to. */
  readonly receivers: number
}

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
 * Whose failure it was: a handler or middleware that threw; an answer, or an error's data, that does not match the
 * contract; a chain that ended without an answer; a request that could not be checked, for its schema is
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
