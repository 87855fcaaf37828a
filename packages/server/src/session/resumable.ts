import type { Journal } from './journal.ts'
import type { ResumeState } from './resume-rule.ts'
import { ResumeTokens } from './resume-tokens.ts'

/** What a {@link Resumable} begins with. */
export interface ResumableStart {
  readonly journal: Journal
  readonly token: string
  readonly holder: string
  readonly identity: string | undefined
}

/** What a session knows that outlives its connection, beside what every session knows; made when the client asks for it. */
export class Resumable implements ResumeState {
  readonly journal: Journal
  readonly holder: string
  identity: string | undefined
  lastTry = 0
  /** Counted requests that were received: whatever becomes of them, the client does not send them again. */
  received = 0
  /** Whether there is a connection. */
  isAttached = true
  /** Whether the client has shown that it knows of the session; one that does not cannot come back. */
  isConfirmed = false
  /** Whether its messages leave at the end of the loop turn. */
  isQueued = false
  readonly #tokens: ResumeTokens

  constructor({ journal, token, holder, identity }: ResumableStart) {
    this.journal = journal
    this.holder = holder
    this.identity = identity
    this.#tokens = new ResumeTokens(token)
  }

  knows(token: string): boolean {
    return this.#tokens.knows(token)
  }

  /** A connection resumes the session. */
  resume({
    presented,
    next,
    attempt,
  }: {
    readonly presented: string
    readonly next: string
    readonly attempt: number
  }): void {
    this.#tokens.rotate(presented, next)
    this.lastTry = attempt
    this.isAttached = true
  }

  /** The client shows that it has the newest token. */
  confirm(): void {
    this.isConfirmed = true
    this.#tokens.confirm()
  }

  /** A counted request was received. */
  count(): void {
    this.received += 1
    this.confirm()
  }

  /** The client says how far it has received; false when it cannot have. */
  acknowledge(number: unknown): boolean {
    if (!Number.isSafeInteger(number) || (number as number) < 0 || (number as number) > this.journal.sent) return false
    this.confirm()
    this.journal.ack(number as number)
    return true
  }
}
