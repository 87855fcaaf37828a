import { type Clock, CommandError, codeOfStatus, MAX_TIMER_MS, type Response, STATUS } from '@wsrv/protocol'
import type { CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'

/** One call, from its start to its one outcome. */
export interface Call {
  readonly info: CommandInfo
  readonly cmd: string
  readonly seqno: string
  readonly data: unknown
  readonly timeoutMs: number
  /** By the clock, in ms. */
  readonly deadlineAt: number
  /** Belongs to the current connection: it leaves before the client is open, and fails with the connection. */
  readonly isBound: boolean
  /** When it may leave, by the clock in ms; later than now while a refusal is waited out. */
  heldUntil: number
  /** Stands for the identity that it was made under; `undefined` when that was not known. */
  identity: string | undefined
  /** Its request's number within the session; 0 when it was not sent in one. PROTOCOL.md §Sessions. */
  number: number
  /** Links that it was on, sent and unanswered, when they fell silent. */
  silences: number
  /** Size of its request, in characters or bytes, once it was written. */
  bytes: number
  /** Whether it was sent again with fresh credentials. */
  isRetried: boolean
  /** The first of what precedes the reply has come: the call's time is not bounded any more. */
  begin(): void
  /** Settles the call with the server's reply. */
  answer(response: Response): void
  /** Settles the call without a reply: with a failure, or the reason of the caller's signal. */
  reject(reason: unknown): void
}

/** What a {@link Call} is made of. */
export interface CallDraft extends Pick<Call, 'info' | 'seqno' | 'data' | 'timeoutMs' | 'isBound' | 'identity'> {
  readonly signal: CallOptions['signal']
  readonly clock: Clock
  /** The one outcome. */
  readonly resolve: (data: unknown) => void
  readonly reject: (reason: unknown) => void
  /** The deadline passed. */
  readonly timedOut: (call: Call) => void
  /** The signal fired. */
  readonly aborted: (call: Call, reason: unknown) => void
}

/** Makes a call, which owns its deadline's timer and its signal's listener until it is settled. */
export function createCall({ signal, clock, resolve, reject, timedOut, aborted, ...draft }: CallDraft): Call {
  const delayMs = Math.min(draft.timeoutMs, MAX_TIMER_MS)
  const abort = () => aborted(call, reasonOf(signal))
  const timer = clock.setTimeout(() => timedOut(call), delayMs)
  signal?.addEventListener('abort', abort)
  const release = () => {
    clock.clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  const call: Call = {
    ...draft,
    cmd: draft.info.cmd,
    deadlineAt: clock.now() + delayMs,
    heldUntil: 0,
    bytes: 0,
    number: 0,
    isRetried: false,
    silences: 0,
    begin: () => clock.clearTimeout(timer),
    answer: (response) => {
      if (response.status !== STATUS.ok) {
        call.reject(errorOf(response, call.info))
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
  return call
}

/** Why a signal fired; React Native's signals do not say. */
export function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? Object.assign(new Error('aborted'), { name: 'AbortError' })
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
