import { describe } from './describe.ts'
import type { Request } from './envelope.ts'
import { MAX_CMD_CHARS, MAX_DEPTH, MAX_SEQNO_CHARS } from './limits.ts'

/**
 * Reads what a codec decoded as a request. PROTOCOL.md §Request.
 *
 * An absent `seqno` reads as `''` and absent `data` as `{}`, as on the Go server; unknown keys are ignored, and so is a
 * `timeoutMs`, `ack` or `credit` that is not a positive integer or a `traceparent` that is not a string: an old client may
 * mean something else by it.
 */
export function parseRequest(value: unknown): Request | BadEnvelope {
  if (!isObject(value)) return new BadEnvelope(`a request must be a JSON object, got ${describe(value)}`)
  const { cmd, seqno = '', data = {}, timeoutMs, traceparent, ack, credit } = value
  if (!isName(cmd, MAX_CMD_CHARS)) {
    const known = isName(seqno, MAX_SEQNO_CHARS) ? { seqno } : {}
    return new BadEnvelope(`cmd must be a string of 1 to ${MAX_CMD_CHARS} characters, got ${describe(cmd)}`, known)
  }
  if (!isName(seqno, MAX_SEQNO_CHARS) && value['seqno'] !== undefined) {
    return new BadEnvelope(`seqno must be a string of 1 to ${MAX_SEQNO_CHARS} characters, got ${describe(seqno)}`, {
      cmd,
    })
  }
  const request = {
    cmd,
    seqno: seqno as string,
    data,
    timeoutMs: isPositiveInteger(timeoutMs) ? timeoutMs : undefined,
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    ack: isPositiveInteger(ack) ? ack : undefined,
    credit: isPositiveInteger(credit) ? credit : undefined,
  }
  if (exceedsDepth(data, MAX_DEPTH)) {
    return new BadEnvelope(`data must not be nested deeper than ${MAX_DEPTH} levels`, request)
  }
  return request
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isName(value: unknown, maxChars: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxChars
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

/** Whether objects and arrays in `value` are nested deeper than `levels`. Looks no deeper than that, so it cannot overflow. */
function exceedsDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((item) => exceedsDepth(item, levels - 1))
  for (const key in value) {
    if (exceedsDepth((value as Readonly<Record<string, unknown>>)[key], levels - 1)) return true
  }
  return false
}

/** Why a decoded message is not an envelope, with whatever could still be read of it. Answered with 400. PROTOCOL.md §Bad input. */
export class BadEnvelope {
  /** What was wrong, where, what was expected and what came. */
  readonly problem: string
  /** The message's `cmd` where it was a proper one, else `''`. */
  readonly cmd: string
  /** The message's `seqno` where it was a proper one, else `''`. */
  readonly seqno: string

  constructor(problem: string, known: { readonly cmd?: string; readonly seqno?: string } = {}) {
    this.problem = problem
    this.cmd = known.cmd ?? ''
    this.seqno = known.seqno ?? ''
  }
}
