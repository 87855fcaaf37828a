import type { ResumeRequest } from '@wsrv/protocol'

/** What a session knows that decides about resuming it. */
export interface ResumeState {
  /** Whether a token is the current one, or the one presented for it while the client has not confirmed the current. */
  knows(token: string): boolean
  readonly identity: string | undefined
  readonly holder: string
  /** The highest `try` so far. */
  readonly lastTry: number
  readonly journal: { readonly acked: number; readonly floor: number; readonly sent: number }
}

/**
 * What becomes of an attempt to resume a session. PROTOCOL.md §Sessions.
 *
 * - `resumed`: the connection gets the session.
 * - `unknown`: the client gets a session of its own; the one asked for, if there is one, is left alone.
 * - `late`: the attempt has been overtaken by a newer one of the same client: its connection is closed.
 * - `gap`: the session ends, since it cannot say what the client has missed; the client gets another.
 * - `forged`: the client claims to have seen what was never sent: session and connection end.
 */
export type ResumeVerdict = 'resumed' | 'unknown' | 'late' | 'gap' | 'forged'

/**
 * Judges an attempt to resume, by a client whose credentials have been accepted.
 *
 * @param session `undefined` when there is none of that sid.
 * @param identity the client's, as its credentials say.
 */
export function judgeResume(
  session: ResumeState | undefined,
  request: ResumeRequest,
  identity: string | undefined,
): ResumeVerdict {
  if (!session?.knows(request.token)) return 'unknown'
  if (session.identity !== identity || session.holder !== request.holder) return 'unknown'
  if (request.try <= session.lastTry) return 'late'
  const { acked, floor, sent } = session.journal
  if (request.seen > sent) return 'forged'
  return request.seen < acked || request.seen < floor ? 'gap' : 'resumed'
}
