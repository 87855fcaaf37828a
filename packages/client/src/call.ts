import {
  type Clock,
  CommandError,
  codeOfStatus,
  type FrameworkCode,
  type Response,
  STATUS,
  type Timer,
} from '@wsrv/protocol'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { createDeferred } from './deferred.ts'

/** What a {@link Call} is made of. */
export interface CallDraft {
  readonly info: CommandInfo
  readonly seqno: string
  readonly data: unknown
  readonly timeoutMs: number
  readonly signal: CallOptions['signal']
  readonly clock: Clock
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
  readonly #outcome = createDeferred<unknown>()
  readonly #release: () => void

  constructor({ info, seqno, data, timeoutMs, signal, clock, givenUp }: CallDraft) {
    this.info = info
    this.seqno = seqno
    this.data = data
    this.deadlineAt = clock.now() + timeoutMs
    const timedOut = () => givenUp(this, this.failure('timeout', `no reply within ${timeoutMs} ms`))
    const aborted = () => givenUp(this, signal?.reason)
    const timer: Timer = clock.setTimeout(timedOut, Math.min(timeoutMs, MAX_TIMER_MS))
    signal?.addEventListener('abort', aborted)
    this.#release = () => {
      clock.clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
    }
  }

  get cmd(): string {
    return this.info.cmd
  }

  /** The one outcome. */
  get outcome(): Promise<unknown> {
    return this.#outcome.promise
  }

  /** Settles the call with the server's reply. */
  answer({ cmd, seqno, status, msg, data }: Response): void {
    this.#release()
    if (status === STATUS.ok) this.#outcome.resolve(data)
    else this.#outcome.reject(new CommandError({ cmd, seqno, status, code: this.#codeOf(status), msg, data }))
  }

  /** Settles the call without a reply: with a {@link failure}, or the reason of the caller's signal. */
  reject(reason: unknown): void {
    this.#release()
    this.#outcome.reject(reason)
  }

  /** An error of this call that the client itself gives. */
  failure(code: FrameworkCode, msg: string, options?: ErrorOptions): CommandError {
    const { cmd, seqno } = this
    return new CommandError({ cmd, seqno, status: undefined, code, msg, data: undefined }, options)
  }

  #codeOf(status: number): string {
    return this.info.errors?.find(([known]) => known === status)?.[1] ?? codeOfStatus(status)
  }
}

/** Longest delay that timers of JavaScript know, in ms: 24.8 days. Beyond it they fire at once. */
const MAX_TIMER_MS = 2_147_483_647
