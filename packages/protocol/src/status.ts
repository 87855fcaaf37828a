/** Every status that the framework itself answers with, by its code. PROTOCOL.md §Statuses. Stable API. */
export const STATUS = {
  ok: 0,
  not_implemented: -1,
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  timeout: 408,
  too_large: 413,
  rate_limited: 429,
  cancelled: 499,
  internal: 500,
  unavailable: 503,
} as const

/** A framework status's code: what `CommandError.code` holds, unless the contract names the status. */
export type StatusCode = keyof typeof STATUS

/** A framework status as a number on the wire. */
export type FrameworkStatus = (typeof STATUS)[StatusCode]

/** Codes that only a client gives, without a status from the wire. PROTOCOL.md §Statuses. */
export type LocalCode = 'disconnected' | 'outcome_unknown' | 'queue_full'

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
