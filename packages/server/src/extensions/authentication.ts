import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import { describe, RETRY_AFTER_MS, STATUS } from '@wsrv/protocol'
import type { ApiShape, OpenApi } from '../api-types.ts'
import { checkNumber, type NumberRange, TIMER_RANGE } from '../check-options.ts'
import type { UpgradeRequest } from '../connection/transport.ts'
import { REPLY, type Reply } from '../request/context.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'
import { ProvisionalSession } from './provisional-session.ts'

/**
 * Decides whether a client may use the server: asked at each `$hello` with its credentials, and at each `$auth`.
 *
 * Returns or throws what `c.accept` or `c.refuse` returned. A hook that throws anything else, or reaches no verdict, accepts
 * no client: it is answered with 500 and the cause is reported. PROTOCOL.md §$hello.
 */
export type Authenticate<Api extends ApiShape> = (c: AuthContext<Api>) => Reply | Promise<Reply>

/** A client that presents itself. */
export interface AuthContext<Api extends ApiShape> {
  /** The credentials, just as the client sent them: check what they are. `undefined` when it sent none. */
  readonly auth: unknown
  /** The upgrade request of the connection: its cookies and headers. */
  readonly request: UpgradeRequest
  /**
   * The session, to keep what belongs to the client: `c.session.set('uid', uid)`. What is set and joined here counts with the
   * verdict; without one, or after a refusal, nothing of it does.
   */
  readonly session: Session<Api>
  /** Aborts when the hook takes too long, or the connection ends: its verdict does not count any more. */
  readonly signal: AbortSignal
  /**
   * Lets the client call commands, until the next verdict on this connection. The first verdict of a hook counts.
   *
   * @param identity who the client is, such as `String(uid)`: a session is resumed by the same one only (left out, by the same
   * credentials only). A session that has an identity and is accepted as another, or as none, loses its values and rooms first;
   * one that outlives its connection is refused instead. PROTOCOL.md §Sessions.
   * @throws TypeError when `identity` is not a string.
   * @throws RangeError when `expiresInMs` is not from 1 to 2,147,483,647.
   */
  accept(identity?: string, options?: AcceptOptions): Reply
  /**
   * Refuses the client; the first verdict counts.
   *
   * @param code `unauthenticated`: these credentials are not good, others may be, and the client may try again on this
   * connection; `forbidden`: final, the connection is closed.
   * @param msg for people; the client sees it.
   */
  refuse(code: 'unauthenticated' | 'forbidden', msg: string): Reply
}

/** How long credentials are good. */
export interface AcceptOptions {
  /**
   * In ms, as a token's `exp` says; default for ever. Half a minute before (of a time below a minute: half way) the server asks the client
   * for others by `$reauth`; a connection for which none were accepted by then is closed with 4401. PROTOCOL.md §$auth.
   */
  readonly expiresInMs?: number | undefined
}

/**
 * Asks the hook about credentials, and notes its verdict with the session.
 *
 * The session goes on as it was meanwhile, so that new credentials interrupt nothing; a hook that is stopped before its
 * verdict (408, 499) changes nothing.
 *
 * @returns whether the client is accepted; when not, `c` has its answer.
 */
export async function authenticate(
  c: RequestContext,
  auth: unknown,
  hook: Authenticate<OpenApi> | undefined,
): Promise<boolean> {
  if (hook === undefined) return true
  const { session } = c
  if (session.authentication?.hasSettled === false) {
    c.abort(STATUS.rate_limited, 'credentials are being checked already', { retryAfterMs: RETRY_AFTER_MS })
    return false
  }
  session.authentication = c
  const context = new AuthContextImpl(c, auth)
  const isAccepted = await ask(c, context, hook)
  if (c.hasEnded) return false
  if (isAccepted && session.resumable !== undefined && session.identity !== context.identity) {
    c.abort(STATUS.forbidden, 'the session is of another identity')
    return false
  }
  if (isAccepted) context.session.commit(context.identity)
  session.setAccepted(isAccepted, isAccepted ? context.expiresInMs : Infinity)
  return isAccepted
}

async function ask(c: RequestContext, context: AuthContextImpl, hook: Authenticate<OpenApi>): Promise<boolean> {
  try {
    await hook(context)
    if (!context.isAccepted && c.response === undefined) throw new Error('authenticate gave no verdict')
  } catch (error) {
    c.fail(error, 'authenticate_failed')
  }
  return context.isAccepted && c.response === undefined
}

/** A token's time is what is left of it, to fractions of a ms. */
const EXPIRY_RANGE: NumberRange = { ...TIMER_RANGE, isInteger: false }

/** The client as the hook sees it; keeps whether the hook accepted it. */
class AuthContextImpl implements AuthContext<OpenApi> {
  readonly auth: unknown
  readonly session: ProvisionalSession
  isAccepted = false
  identity: string | undefined = undefined
  expiresInMs: number = Infinity
  readonly #c: RequestContext

  constructor(c: RequestContext, auth: unknown) {
    this.#c = c
    this.auth = auth
    this.session = new ProvisionalSession(c.session)
  }

  get request(): UpgradeRequest {
    return this.#c.request
  }

  get signal(): AbortSignal {
    return this.#c.signal
  }

  accept(identity?: string, { expiresInMs }: AcceptOptions = {}): Reply {
    if (identity !== undefined && typeof identity !== 'string') {
      throw new TypeError(`accept takes a string, got ${describe(identity)}`)
    }
    if (expiresInMs !== undefined) checkNumber('expiresInMs', expiresInMs, EXPIRY_RANGE)
    if (this.isAccepted || this.#c.response !== undefined) return REPLY
    this.isAccepted = true
    this.expiresInMs = expiresInMs ?? Infinity
    this.identity = identity
    return REPLY
  }

  refuse(code: 'unauthenticated' | 'forbidden', msg: string): Reply {
    return this.isAccepted ? REPLY : this.#c.abort(STATUS[code], msg)
  }
}

/**
 * The owner of a session, so that no other client resumes it: the identity that `authenticate` named, else the credentials themselves;
 * `undefined` when the server asks for none, and the token is all there is. PROTOCOL.md §Sessions.
 */
export function resumeIdentity(session: LiveSession, auth: unknown, hasHook: boolean): string | undefined {
  if (!hasHook) return undefined
  if (session.identity !== undefined) return `named ${session.identity}`
  const { url, headers } = session.request
  const credentials = auth ?? [url, headers['cookie'], headers['authorization']]
  return `by ${createHash('sha256').update(serialize(credentials)).digest('base64')}`
}
