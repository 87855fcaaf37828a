import { describe, type Request, type Response, STATUS } from '@wsrv/protocol'
import type { CommandChecks } from './command-checks.ts'
import type { Limits } from './limits.ts'
import type { LiveSession } from './live-session.ts'

/** An answer that is given without asking a handler. */
export type Refusal = Pick<Response, 'status' | 'msg' | 'data'>

/** The Go server's own words. */
export const NOT_IMPLEMENTED: Refusal = { status: STATUS.not_implemented, msg: 'not implement', data: {} }

const SHUTTING_DOWN: Refusal = { status: STATUS.unavailable, msg: 'the server is shutting down', data: {} }
const NOT_ACCEPTED: Refusal = { status: STATUS.unauthenticated, msg: 'unauthenticated', data: {} }

/** Why a session may not call any command of the contract now; `undefined` when it may. */
export function refusalOfSession(
  session: LiveSession,
  { isDraining, limits }: { readonly isDraining: boolean; readonly limits: Limits },
): Refusal | undefined {
  if (isDraining) return SHUTTING_DOWN
  if (!session.isAccepted) return NOT_ACCEPTED
  const { maxInFlight } = limits
  if (session.inFlight.size < maxInFlight) return undefined
  return { status: STATUS.rate_limited, msg: `at most ${maxInFlight} requests may be in flight`, data: {} }
}

/** Why one request of a known command is not run; `undefined` when it is: its data is then complete and checked. */
export function refusalOfRequest(
  { cmd, seqno, data }: Request,
  { inFlight }: LiveSession,
  { checks, limits }: { readonly checks: CommandChecks; readonly limits: Limits },
): Refusal | undefined {
  if (inFlight.get(seqno) !== undefined) {
    return { status: STATUS.bad_request, msg: `seqno ${describe(seqno)} is already in flight`, data: {} }
  }
  checks.fillDefaults?.(data)
  if (checks.request.accepts(data)) return undefined
  const issues = checks.request.issues(data, limits.maxIssues)
  return { status: STATUS.bad_request, msg: `data does not match the schema of ${cmd}`, data: issues }
}
