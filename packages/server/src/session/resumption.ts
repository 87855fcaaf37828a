import { createHash } from 'node:crypto'
import {
  CLOSE,
  type Clock,
  type RefusedResume,
  type ResumeRequest,
  type SessionGrant,
  type SessionRequest,
} from '@wsrv/protocol'
import { DetachedSessions } from './detached-sessions.ts'
import { Journal } from './journal.ts'
import { JournalBudget } from './journal-budget.ts'
import type { LiveSession } from './live-session.ts'
import type { Relief } from './relief.ts'
import { Resumable } from './resumable.ts'
import { judgeResume } from './resume-rule.ts'
import type { SessionLimits } from './session-limits.ts'

/** What {@link Resumption} needs of the owner of sessions. */
export interface ResumptionOptions {
  readonly clock: Clock
  readonly limits: SessionLimits
  readonly relief: Relief | undefined
  /** Open sessions by sid. */
  readonly open: ReadonlyMap<string, LiveSession>
  /** Makes an unguessable string. */
  readonly secret: () => string
  /** Hands everything that waits to a session's connection. */
  readonly finish: (session: LiveSession) => void
  readonly end: (session: LiveSession, code: number, reason: string) => void
  /** Moves the connection of one session, which ends, to another. */
  readonly move: (from: LiveSession, to: LiveSession) => void
  /** A detached session is not waited for any longer. */
  readonly expire: (session: LiveSession, reason: string) => void
}

/** A client that asks for a session, on a connection whose own session is `session`. */
export interface Asking {
  readonly session: LiveSession
  readonly request: SessionRequest
  readonly identity: string | undefined
  /** Answers its `$hello`, at once. */
  readonly answer: (grant: SessionGrant) => void
}

/** Lets sessions outlive their connections: grants, resumes, and waits for those that lost theirs. PROTOCOL.md §Sessions. */
export class Resumption {
  readonly budget: JournalBudget
  readonly #options: ResumptionOptions
  readonly #detached: DetachedSessions

  constructor(options: ResumptionOptions) {
    const { clock, limits, expire } = options
    this.#options = options
    this.budget = new JournalBudget(limits.journalTotalBytes)
    this.#detached = new DetachedSessions({ clock, ...limits, drop: expire })
  }

  /** Answers a client that asks for a session or for the one it had: in the same tick in which the connection gets it. */
  welcome(asking: Asking): void {
    const { request } = asking
    if ('sid' in request) this.#judge(asking, request)
    else this.#grant(asking)
  }

  /**
   * Keeps a session that has lost its connection.
   *
   * @param isSlow its client did not read: pushes that wait are not kept, but for those that are declared to give way.
   * @returns false when its client cannot come back: it has not shown that it knows of the session.
   */
  detach(session: LiveSession, isSlow: boolean): boolean {
    const { resumable } = session
    if (resumable?.isConfirmed !== true) return false
    resumable.isAttached = false
    if (isSlow) resumable.journal.forgetUnsent((one) => one.kind === 'push' && !this.#options.relief?.keeps(one))
    resumable.journal.detach()
    this.#detached.add(session)
    return true
  }

  /** Lets go of what a session that has ended holds. */
  forget(session: LiveSession): void {
    this.#detached.remove(session)
    session.resumable?.journal.clear()
  }

  /** Makes room when all journals together hold too much: the sessions that lost their connection first end. */
  makeRoom(session: LiveSession): void {
    while (this.budget.isExceeded && this.#detached.dropOldest()) {}
    if (this.budget.isExceeded) session.resumable?.journal.forgetSent()
  }

  #judge(asking: Asking, request: ResumeRequest): void {
    const { session, identity } = asking
    const { open, end } = this.#options
    const known = open.get(request.sid)
    const verdict = judgeResume(known?.resumable, request, identity)
    if (known === undefined || verdict === 'unknown') this.#grant(asking, 'unknown')
    else if (verdict === 'resumed') this.#resume(asking, request, known)
    else if (verdict === 'late') end(session, CLOSE.session_taken, 'a newer connection has the session')
    else if (verdict === 'gap') {
      end(known, CLOSE.normal, 'more was missed than can be told')
      this.#grant(asking, 'gap')
    } else {
      end(known, CLOSE.bad_messages, 'a resume has seen what was not sent')
      end(session, CLOSE.bad_messages, 'has seen what was not sent')
    }
  }

  #grant({ session, request: { holder }, identity, answer }: Asking, why?: RefusedResume): void {
    const { limits, secret, finish } = this.#options
    const token = secret()
    answer({ ...this.#terms(session, session.sid, token), ...(why !== undefined && { resumed: false, why }) })
    // What was sent before the answer is not counted.
    finish(session)
    if (!session.isOpen) return
    const journal = new Journal({
      maxMessages: limits.journalMessages,
      maxBytes: limits.journalBytes,
      budget: this.budget,
    })
    session.resumable = new Resumable({ journal, token, holder, identity })
  }

  #resume({ session, answer }: Asking, { token, try: attempt, seen }: ResumeRequest, known: LiveSession): void {
    const { secret, finish, move } = this.#options
    const resumable = known.resumable as Resumable
    const next = secret()
    resumable.resume({ presented: token, next, attempt })
    answer({ ...this.#terms(session, known.sid, next), resumed: true, received: resumable.received })
    finish(session)
    this.#detached.remove(known)
    resumable.journal.rewind(seen)
    move(session, known)
  }

  #terms({ identity }: LiveSession, sid: string, token: string): SessionGrant {
    const { windowMs, ackEvery, ackBytes } = this.#options.limits
    return { sid, token, windowMs, ackEvery, ackBytes, identity: tagOf(identity) }
  }
}

/** Tells a client that it is another than before, and not who it is. */
function tagOf(identity: string | undefined): string | undefined {
  return identity === undefined
    ? undefined
    : createHash('sha256').update(identity).digest('base64url').slice(0, TAG_CHARS)
}

const TAG_CHARS = 16
