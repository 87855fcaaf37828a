/** Every status that the framework itself answers with, by its code. PROTOCOL.md §Statuses. Stable API. */
export const STATUS = {
  /** The command was carried out. */
  ok: 0,
  /** Not an answer yet: items of the stream that the request has opened. */
  item: 100,
  /** The server has no such command; its `msg` is `not implement`, as on the Go server. */
  not_implemented: -1,
  /** The message is not a request, or its data failed the command's schema: `data.issues` says where. */
  bad_request: 400,
  /** The caller has to authenticate first. */
  unauthenticated: 401,
  /** The caller is known and may not. */
  forbidden: 403,
  /** No answer within the time allowed: the server's handler, or the client's own deadline. */
  timeout: 408,
  /** The message is larger than the server reads. */
  too_large: 413,
  /** Too many requests, at once or a second. */
  rate_limited: 429,
  /** The caller gave the call up. */
  cancelled: 499,
  /** The server failed; the cause stays in its log. */
  internal: 500,
  /** The server is closing and takes no more requests. */
  unavailable: 503,
} as const

/** A framework status's code: what `CommandError.code` holds, unless the contract names the status. */
export type StatusCode = keyof typeof STATUS

/** A framework status as a number on the wire. */
export type FrameworkStatus = (typeof STATUS)[StatusCode]

/**
 * Codes that only a client produces, without a status from the wire. PROTOCOL.md §Statuses.
 *
 * - `disconnected`: the client was closed, or gave up reconnecting, and the request was never sent;
 * - `outcome_unknown`: the connection dropped after the request was sent, and it may not be sent twice;
 * - `queue_full`: too many calls wait for a connection already;
 * - `stream_lost`: items of a stream had come, and the others will not: the session is gone, or could not keep them.
 */
export const LOCAL_CODES = ['disconnected', 'outcome_unknown', 'queue_full', 'stream_lost'] as const

/** A code that only a client produces. */
export type LocalCode = (typeof LOCAL_CODES)[number]

/** The code of a failure whose status neither the contract nor the framework names. */
export const UNKNOWN_CODE = 'unknown'

/** Lowest status that an application may use for its own errors. PROTOCOL.md §Statuses. */
export const MIN_APPLICATION_STATUS = 1_000

const CODES: ReadonlyMap<number, StatusCode> = new Map(
  Object.entries(STATUS).map(([code, status]) => [status, code as StatusCode]),
)

/** The framework's code for a status, or {@link UNKNOWN_CODE}. */
export function codeOfStatus(status: number): StatusCode | typeof UNKNOWN_CODE {
  return CODES.get(status) ?? UNKNOWN_CODE
}
