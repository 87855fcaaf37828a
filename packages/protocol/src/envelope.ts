/**
 * A request as it travels from client to server. PROTOCOL.md §Request.
 *
 * Keys are written in this order.
 */
export interface Request {
  /** Command name, 1 to {@link MAX_CMD_CHARS} characters. */
  readonly cmd: string
  /** Request identifier, 1 to {@link MAX_SEQNO_CHARS} characters; `''` when the peer sent none. */
  readonly seqno: string
  /** Request data; `{}` when the peer sent none. */
  readonly data: unknown
  /** How long the caller will still wait, in ms: an extension. PROTOCOL.md §timeoutMs. */
  readonly timeoutMs?: number | undefined
  /** W3C trace context of the caller: an extension. PROTOCOL.md §traceparent. */
  readonly traceparent?: string | undefined
  /** Number of the last counted message that the client received: an extension. PROTOCOL.md §$ack. */
  readonly ack?: number | undefined
  /** Items that the client takes of the stream it opens: an extension. PROTOCOL.md §Streams. */
  readonly credit?: number | undefined
}

/** A request that has no answer, and so no seqno. PROTOCOL.md §$ack and §$credit. */
export interface Unanswered extends Pick<Request, 'cmd' | 'data'> {
  readonly seqno: undefined
}

/**
 * A response, or a push: a response-shaped message that answers no request. PROTOCOL.md §Response and §Push.
 *
 * Keys are written in this order, as the Go server writes them.
 */
export interface Response {
  /** The request's command, returned as sent; a push carries its own name. */
  readonly cmd: string
  /** The request's seqno, returned as sent; a push carries the server's own. */
  readonly seqno: string
  /** 0 is success, anything else a failure. */
  readonly status: number
  /** `ok` on success, else what went wrong, for people. */
  readonly msg: string
  /** `{}` when the handler gave none. */
  readonly data: unknown
  /** True of a refusal that proves that the request was not run: an extension. PROTOCOL.md §notRun. */
  readonly notRun?: boolean | undefined
}

/** The heartbeat: a message of length 0. A client sends it, a server never answers it. PROTOCOL.md §Heartbeat. */
export const HEARTBEAT = ''

/** `msg` of items. PROTOCOL.md §Streams. */
export const ITEM_MSG = 'item'

/** `msg` of every successful response and of every push. */
export const OK_MSG = 'ok'
