import { isDeepStrictEqual } from 'node:util'
import type { RecordedMessage } from '@wsrv/protocol/recording'

/** A request that was sent. */
export interface Sent {
  readonly cmd: string
}

/** Whether a message that came stands where a recorded one stood: the reply to the same request, or a push of the same name. */
export function fitsReply(line: RecordedMessage, came: RecordedMessage, sent: ReadonlyMap<string, Sent>): boolean {
  const cmd = cmdOf(line.message)
  if (cmd === undefined) return isDeepStrictEqual([line.text, line.base64], [came.text, came.base64])
  if (cmdOf(came.message) !== cmd) return false
  const isReply = isReplyTo(sent, line)
  return isReply ? seqnoOf(line.message) === seqnoOf(came.message) : !isReplyTo(sent, came)
}

/** Whether a message answers a request that was sent. */
export function isReplyTo(sent: ReadonlyMap<string, Sent>, { message }: RecordedMessage): boolean {
  return sent.get(seqnoOf(message) ?? '')?.cmd === cmdOf(message)
}

/** `cmd` of a message that has one. */
export function cmdOf(message: unknown): string | undefined {
  const { cmd } = (message ?? {}) as { readonly cmd?: unknown }
  return typeof cmd === 'string' ? cmd : undefined
}

/** `seqno` of a message that has one. */
export function seqnoOf(message: unknown): string | undefined {
  const { seqno } = (message ?? {}) as { readonly seqno?: unknown }
  return typeof seqno === 'string' ? seqno : undefined
}
