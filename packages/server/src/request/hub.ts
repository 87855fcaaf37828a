import type { ApiShape, PushName } from '../api-types.ts'
import type { Session } from '../session/session.ts'

/** The server as its handlers see it: the sessions, and the ways to reach them. */
export interface Hub<Api extends ApiShape> {
  /** Open sessions of this server by sid. */
  readonly sessions: ReadonlyMap<string, Session<Api>>
  /**
   * Sends a push to one session.
   *
   * @returns whether it was sent by this server; when the session is not of this server, the broker takes the push to the others.
   * @throws TypeError when `data` does not match the push's schema, or cannot be written; nothing is sent.
   */
  push<Name extends PushName<Api>>(sid: string, name: Name, data: Api['pushes'][Name]): boolean
  /**
   * Sends a push to every session.
   *
   * @throws TypeError when `data` does not match the push's schema, or cannot be written; nothing is sent.
   */
  broadcast<Name extends PushName<Api>>(name: Name, data: Api['pushes'][Name]): void
  /** The sessions of a room, as someone to push to. */
  to(room: string): Audience<Api>
}

/** Sessions that a push can be sent to. */
export interface Audience<Api extends ApiShape> {
  /**
   * Sends a push to each of them.
   *
   * @throws TypeError when `data` does not match the push's schema, or cannot be written; nothing is sent.
   */
  push<Name extends PushName<Api>>(name: Name, data: Api['pushes'][Name]): void
}
