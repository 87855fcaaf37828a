import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import type { LiveSession } from '../session/live-session.ts'

/**
 * The owner of a session, so that no one else resumes it: the identity that `authenticate` named, else the credentials themselves;
 * `undefined` when the server asks for none, and the token is all there is. PROTOCOL.md §Sessions.
 */
export function resumeIdentity(session: LiveSession, auth: unknown, hasHook: boolean): string | undefined {
  if (!hasHook) return undefined
  if (session.identity !== undefined) return `named ${session.identity}`
  const { url, headers } = session.request
  const credentials = auth ?? [url, headers['cookie'], headers['authorization']]
  return `by ${createHash('sha256').update(serialize(credentials)).digest('base64')}`
}
