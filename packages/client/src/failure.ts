import { CommandError, type FrameworkCode } from '@wsrv/protocol'
import type { ConnectionClose } from './transport.ts'

/** What failed: a call, or the client itself. */
export interface Failed {
  readonly cmd: string
  readonly seqno: string
}

/** The client itself. */
export const CLIENT: Failed = { cmd: '', seqno: '' }

/** An error of the client's own, without a status from the wire. */
export function failure({ cmd, seqno }: Failed, code: FrameworkCode, reason: FailureReason): CommandError {
  return new CommandError({ cmd, seqno, status: undefined, code, msg: reason.msg, data: undefined }, reason)
}

/** Why, in words, and the error behind it where there is one. */
export interface FailureReason extends ErrorOptions {
  readonly msg: string
}

/** The error of a call on a closed client: `disconnected`, or the code of the refusal that closed it. */
export function disconnected(failed: Failed, close: ConnectionClose | undefined): CommandError {
  const cause = close?.cause
  const code = cause instanceof CommandError ? (cause.code as FrameworkCode) : 'disconnected'
  return failure(failed, code, { ...close, msg: `the client is closed${because(close)}` })
}

/** A close for the end of a sentence: its code, and its reason where there is one. */
export function because(close: ConnectionClose | undefined): string {
  return close ? ` (${close.code}${close.reason && `: ${close.reason}`})` : ''
}

/**
 * The same promise, whose errors name the lines of the code that awaits it: engines know what awaits an async function that goes
 * on. So the stack is taken when it has failed. A stack taken at each call would cost 9 µs there, ten times what its promise does.
 */
export async function tracing<Value>(promise: Promise<Value>): Promise<Value> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof CommandError) Error.captureStackTrace?.(error, tracing)
    throw error
  }
}

/** What was thrown, in words, whatever it is. */
export function textOf(thrown: unknown): string {
  try {
    return String((thrown as Error | undefined)?.message ?? thrown)
  } catch {
    return 'something without words'
  }
}
