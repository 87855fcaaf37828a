import { type AckRequest, CLOSE, EXTENSION, isReservedCmd, type Request } from '@wsrv/protocol'
import type { LiveSession } from '../session/live-session.ts'
import type { Resumable } from '../session/resumable.ts'
import type { Unreadable } from './message-reader.ts'
import type { Streams } from './streams.ts'

/**
 * Takes what a message says to its session, beside its request: it counts, and it may acknowledge. PROTOCOL.md §Sessions.
 *
 * @returns whether it is to be answered.
 */
export function countRequest(
  session: LiveSession,
  resumable: Resumable,
  { request, streams }: { readonly request: Request | Unreadable; readonly streams: Streams },
): boolean {
  const { cmd } = request
  if (!isReservedCmd(cmd)) resumable.count()
  const ack = 'problem' in request ? undefined : numberOf(request)
  if (ack === undefined) return true
  if (!resumable.acknowledge(ack)) {
    session.close(CLOSE.bad_messages, 'acknowledges what was not sent')
    return false
  }
  streams.wake(session)
  return cmd !== EXTENSION.ack
}

/** The number that a message acknowledges: as its only purpose, or beside it. */
function numberOf({ cmd, data, ack }: Request): unknown {
  return cmd === EXTENSION.ack ? ((Object(data) as Partial<AckRequest>).n ?? null) : ack
}
