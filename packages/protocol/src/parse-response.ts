import { BadEnvelope } from './bad-envelope.ts'
import { describe } from './describe.ts'
import type { Response } from './envelope.ts'

/**
 * Reads what a codec decoded as a response or a push. PROTOCOL.md §Response.
 *
 * Absent `msg` reads as `''`, absent `data` as `{}`; unknown keys are ignored.
 */
export function parseResponse(value: unknown): Response | BadEnvelope {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new BadEnvelope(`a response must be a JSON object, got ${describe(value)}`)
  }
  const { cmd, seqno, status, msg = '', data = {} } = value as Readonly<Record<string, unknown>>
  const known = { cmd: stringOr(cmd, ''), seqno: stringOr(seqno, '') }
  if (typeof cmd !== 'string') return new BadEnvelope(`cmd must be a string, got ${describe(cmd)}`, known)
  if (typeof seqno !== 'string') return new BadEnvelope(`seqno must be a string, got ${describe(seqno)}`, known)
  if (!Number.isSafeInteger(status)) return new BadEnvelope(`status must be an integer, got ${describe(status)}`, known)
  if (typeof msg !== 'string') return new BadEnvelope(`msg must be a string, got ${describe(msg)}`, known)
  return { cmd, seqno, status: status as number, msg, data }
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
