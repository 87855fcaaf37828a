import { type Clock, CommandError, codeOfStatus, type FrameworkCode, type Response, STATUS } from '@wsrv/protocol'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'

/** What a {@link Call} is made of. */
export interface CallDraft {
  readonly info: CommandInfo
  readonly seqno: string
  readonly data: unknown
  readonly timeoutMs: number
  readonly signal: CallOptions['signal']
  readonly clock: Clock
  /** The one outcome. */
  readonly resolve: (data: unknown) => void
  readonly reject: (reason: unknown) => void
  /** The caller waits no longer: the deadline passed or the signal fired. */
  readonly givenUp: (call: Call, reason: unknown) => void
}

/** One call from its making to its one outcome: owns its deadline's timer and its signal's listener. */
export class Call {
  readonly info: CommandInfo
  readonly seqno: string
  readonly data: unknown
  /** By the clock, in ms. */
  readonly deadlineAt: number
  /** Sent on the connection of the moment and not answered; else the call waits in the outbox. */
  isSent = false
  /** Whether it was sent again with fresh credentials. */
  isRetried = false
  readonly #draft: CallDraft
  readonly #release: () => void

  constructor(draft: CallDraft) {
    const { info, seqno, data, timeoutMs, signal, clock, givenUp } = draft
    this.info = info
    this.seqno = seqno
    this.data = data
    this.deadlineAt = clock.now() + timeoutMs
    this.#draft = draft
    const timedOut = () => givenUp(this, this.failure('timeout', `no reply within ${timeoutMs} ms`))
    const aborted = () => givenUp(this, signal?.reason)
    const timer = clock.setTimeout(timedOut, Math.min(timeoutMs, MAX_TIMER_MS))
    signal?.addEventListener('abort', aborted)
    this.#release = () => {
      clock.clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
    }
  }

  /** Settles the call with the server's reply. */
  answer({ cmd, seqno, status, msg, data }: Response): void {
    if (status !== STATUS.ok) {
      const code = this.info.errors?.find(([known]) => known === status)?.[1] ?? codeOfStatus(status)
      this.reject(new CommandError({ cmd, seqno, status, code, msg, data }))
      return
    }
    this.#release()
    this.#draft.resolve(data)
  }

  /** Settles the call without a reply: with a {@link failure}, or the reason of the caller's signal. */
  reject(reason: unknown): void {
    this.#release()
    this.#draft.reject(reason)
  }

  /** An error of this call that the client itself gives. */
  failure(code: FrameworkCode, msg: string, options?: ErrorOptions): CommandError {
    const { info, seqno } = this
    return new CommandError({ cmd: info.cmd, seqno, status: undefined, code, msg, data: undefined }, options)
  }
}

/** Longest delay that timers of JavaScript know, in ms: 24.8 days. Beyond it they fire at once. */
export const MAX_TIMER_MS: number = 2_147_483_647
