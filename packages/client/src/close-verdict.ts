import { CommandError, FINAL_CLOSES } from '@wsrv/protocol'
import type { ConnectionClose } from './transport.ts'

/**
 * The default `isFinal`: whether a client stays away after this close, since it would only be refused again.
 *
 * True of {@link FINAL_CLOSES}, of an invalid or forbidden URL, and of a `$hello` or `setup` that failed with
 * `unauthenticated`, `forbidden`, `bad_request`, `not_implemented` or `too_large`. Everything else is tried again, an
 * application's own close codes and errors included.
 */
export function isFinalClose({ code, cause }: ConnectionClose): boolean {
  const { name } = Object(cause) as Error
  return FINAL_CLOSES.includes(code) || FINAL_ERRORS.includes(cause instanceof CommandError ? cause.code : name)
}

/** Codes of calls that would fail again, and names of errors that a WebSocket throws for its URL. */
const FINAL_ERRORS: readonly string[] = [
  'unauthenticated',
  'forbidden',
  'bad_request',
  'not_implemented',
  'too_large',
  'SyntaxError',
  'SecurityError',
]

/**
 * The delay that a server asked for in its close reason, `retry after 5000 ms`, or with the refusal of a `$hello` or `setup`,
 * in ms; 0 without one. The random delay comes on top, so that clients that were asked together do not come back together.
 * PROTOCOL.md §Close codes.
 */
export function askedDelayMs({ reason, cause }: ConnectionClose): number {
  const asked =
    cause instanceof CommandError ? Object(cause.data).retryAfterMs : /retry after (\d+) ms/.exec(reason)?.[1]
  return Number(asked) || 0
}
