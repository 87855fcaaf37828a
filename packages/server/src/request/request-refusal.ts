import { describe, RETRY_AFTER_MS, type Request, type Response, STATUS } from '@wsrv/protocol'
import type { Limits } from '../limits.ts'
import type { LiveSession } from '../session/live-session.ts'
import { TOO_MANY_DEFAULTS } from '../validation/issues.ts'
import type { CommandChecks } from './command-checks.ts'

/** An answer without a handler. */
export interface RequestRefusal extends Pick<Response, 'status' | 'msg' | 'data' | 'notRun'> {
  /** What it takes of the session's credit besides, in requests: to say what is wrong costs more than to answer. */
  readonly cost?: number
  /** The limit that was reached. */
  readonly limit?: 'maxInFlight' | 'maxRequestsPerSecond'
}

/** The Go server's own words. */
export const NOT_IMPLEMENTED: RequestRefusal = { status: STATUS.not_implemented, msg: 'not implement', data: {} }

/** The server failed before the handler ran; the cause stays in its log. */
export const INTERNAL: RequestRefusal = { status: STATUS.internal, msg: 'internal error', data: {} }

/** The session has not presented credentials that were accepted. */
export const UNAUTHENTICATED: RequestRefusal = {
  status: STATUS.unauthenticated,
  msg: 'unauthenticated',
  data: {},
  notRun: true,
}

/** The server closes. */
export function shuttingDown(retryAfterMs: number): RequestRefusal {
  return { status: STATUS.unavailable, msg: 'the server is shutting down', data: { retryAfterMs }, notRun: true }
}

/** The session has as many requests in flight as it may: when one ends is not known. */
export function tooManyInFlight({ maxInFlight }: Limits): RequestRefusal {
  const msg = `at most ${maxInFlight} requests may be in flight`
  const data = { retryAfterMs: RETRY_AFTER_MS }
  return { status: STATUS.rate_limited, msg, data, notRun: true, limit: 'maxInFlight' }
}

/** The session sends more requests per second than it may. */
export function tooManyPerSecond({ maxRequestsPerSecond }: Limits, retryAfterMs: number): RequestRefusal {
  return {
    status: STATUS.rate_limited,
    msg: `at most ${maxRequestsPerSecond} requests per second`,
    data: { retryAfterMs },
    notRun: true,
    limit: 'maxRequestsPerSecond',
  }
}

/**
 * Whether a request has data that says nothing: `null` where its schema takes none is as good as left out, as on the Go server.
 *
 * A check that fails fails again where the request is checked, and is reported there.
 */
export function countsAsAbsent({ data }: Request, { checks }: { readonly checks: CommandChecks }): boolean {
  if (data !== null) return false
  try {
    return !checks.request.accepts(data)
  } catch {
    return false
  }
}

/** Why one request of a known command is not run; `undefined` when it is: its data is then complete and checked. */
export function refusalOfRequest(
  { cmd, seqno, data, credit }: Request,
  { inFlight }: LiveSession,
  { checks, limits }: { readonly checks: CommandChecks; readonly limits: Limits },
): RequestRefusal | undefined {
  if (inFlight.get(seqno) !== undefined) {
    return { status: STATUS.bad_request, msg: `seqno ${describe(seqno)} is already in flight`, data: {} }
  }
  if (checks.item !== undefined && credit === undefined) {
    const msg = `${cmd} is a stream: its request must say how many items the client takes (credit)`
    return { status: STATUS.bad_request, msg, data: {} }
  }
  const isFilled = checks.fillDefaults?.(data) ?? true
  if (isFilled && checks.request.accepts(data)) return undefined
  const issues = isFilled ? checks.request.issues(data, limits.maxIssues) : TOO_MANY_DEFAULTS
  const cost = MISMATCH_COST + Math.ceil(checks.request.refusalCost * DEAREST_MISMATCH_COST)
  return { status: STATUS.bad_request, msg: `data does not match the schema of ${cmd}`, data: issues, cost }
}

/** A 400 that lists issues, in requests: measured, a small one costs some three times an answer. */
const MISMATCH_COST = 3

/** What the search may take longer than that, in requests: some 10 ms. */
const DEAREST_MISMATCH_COST = 600
