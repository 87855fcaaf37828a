import { describe } from './describe.ts'
import type { Response } from './envelope.ts'

/**
 * Reads what a codec decoded as a response or a push. PROTOCOL.md §Response.
 *
 * Absent `msg` reads as `''`, absent `data` as `{}`; unknown keys are ignored.
 *
 * @throws TypeError that says what was wrong, what was expected and what came.
 */
export function parseResponse(value: unknown): Response {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('a response', 'a JSON object', value)
  const { cmd, seqno, status, msg = '', data = {}, notRun } = value as Readonly<Record<string, unknown>>
  if (typeof cmd !== 'string') throw wrong('cmd', 'a string', cmd)
  if (typeof seqno !== 'string') throw wrong('seqno', 'a string', seqno)
  if (!Number.isSafeInteger(status)) throw wrong('status', 'an integer', status)
  if (typeof msg !== 'string') throw wrong('msg', 'a string', msg)
  return { cmd, seqno, status: status as number, msg, data, ...(notRun === true && { notRun }) }
}

function wrong(what: string, expected: string, came: unknown): TypeError {
  return new TypeError(`${what} must be ${expected}, got ${describe(came)}`)
}
