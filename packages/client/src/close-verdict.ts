import { FINAL_CLOSES } from '@wsrv/protocol'
import type { ConnectionClose } from './transport.ts'

/**
 * The default `isFinal`: whether a client stays away after this close, since it would only be refused again.
 *
 * True of {@link FINAL_CLOSES} and of an invalid URL; everything else is tried again, an application's own codes included.
 */
export function isFinalClose({ code, cause }: ConnectionClose): boolean {
  return FINAL_CLOSES.includes(code) || (cause as Error | undefined)?.name === 'SyntaxError'
}

/**
 * The delay that a server asked for in its close reason, `retry after 5000 ms`, in ms; 0 without one. The random delay
 * comes on top, so that clients that were asked together do not come back together. PROTOCOL.md §Close codes.
 */
export function askedDelayMs({ reason }: ConnectionClose): number {
  return Number(/retry after (\d+) ms/.exec(reason)?.[1] ?? 0)
}
