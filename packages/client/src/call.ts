import { type Clock, CommandError, codeOfStatus, MAX_TIMER_MS, type Response, STATUS } from '@wsrv/protocol'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { failure } from './failure.ts'

/** One call, from its start to its one outcome. */
export interface Call {
  readonly info: CommandInfo
  readonly cmd: string
  readonly seqno: string
  readonly data: unknown
  /** By the clock, in ms. */
  readonly deadlineAt: number
  /** Sent on the current connection and not answered; else the call waits in the outbox. */
  isSent: boolean
  /** Whether it was sent again with fresh credentials. */
  isRetried: boolean
  /** Settles the call with the server's reply. */
  answer(response: Response): void
  /** Settles the call without a reply: with a failure, or the reason of the caller's signal. */
  reject(reason: unknown): void
}

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
  /** The call was given up: its deadline passed or its signal fired. */
  readonly givenUp: (call: Call, reason: unknown) => void
}

/** Makes a call, which owns its deadline's timer and its signal's listener until it is settled. */
export function createCall({ info, seqno, data, timeoutMs, signal, clock, resolve, reject, givenUp }: CallDraft): Call {
  const timedOut = () => givenUp(call, failure(call, 'timeout', { msg: `no reply within ${timeoutMs} ms` }))
  const aborted = () => givenUp(call, signal?.reason)
  const delayMs = Math.min(timeoutMs, MAX_TIMER_MS)
  const timer = clock.setTimeout(timedOut, delayMs)
  signal?.addEventListener('abort', aborted)
  const call: Call = {
    info,
    cmd: info.cmd,
    seqno,
    data,
    deadlineAt: clock.now() + delayMs,
    isSent: false,
    isRetried: false,
    answer: (response) => {
      if (response.status !== STATUS.ok) {
        call.reject(errorOf(response, info))
        return
      }
      release()
      resolve(response.data)
    },
    reject: (reason) => {
      release()
      reject(reason)
    },
  }
  const release = () => {
    clock.clearTimeout(timer)
    signal?.removeEventListener('abort', aborted)
  }
  return call
}

/** The error that a reply stands for: by the contract's own name of its status, else the framework's. */
function errorOf(response: Response, { errors }: CommandInfo): CommandError {
  const { status } = response
  const code = errors?.find(([known]) => known === status)?.[1] ?? codeOfStatus(status)
  return new CommandError({ ...response, code })
}

/** Whether `error` is what a call of `cmd` rejected with. Generated `isCommandError` adds the types of `code` and `data`. */
export function isErrorOf(cmd: string, error: unknown): error is CommandError {
  return error instanceof CommandError && error.cmd === cmd
}
