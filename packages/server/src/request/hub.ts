import type { ApiShape, PushName, ShownOf } from '../api-types.ts'
import type { Session } from '../session/session.ts'

/** The server as its handlers see it: the sessions, and the ways to reach them. */
export interface Hub<Api extends ApiShape> {
  /** Open sessions of this server by sid; those of other servers are not among them: see {@link session}. */
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
  /** The members of a room, wherever they are. */
  to(room: string): RoomAudience<Api>
  /** A session wherever it is: of this server, or of another that the broker reaches. */
  session(sid: string): SessionAnywhere<Api>
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

/** The members of a room. */
export interface RoomAudience<Api extends ApiShape> extends Audience<Api> {
  /** All but one session. */
  except(sid: string): Audience<Api>
  /** How many there are at all servers; rejects with a `BrokerError` when the others cannot be asked. */
  count(): Promise<number>
  /** Every one with what it shows, at all servers; rejects as {@link count}. */
  members(): Promise<readonly Member<Api>[]>
}

/** A member of a room. */
export interface Member<Api extends ApiShape> {
  readonly sid: string
  /** What it shows, as given to `join`; `{}` when nothing. */
  readonly value: ShownOf<Api>
  /** Identifies the server the session is at. */
  readonly node: string
}

/**
 * A session wherever it is. What returns a promise resolves with false when no server has the session, or none answered in
 * time, and rejects with a `BrokerError` when the other servers cannot be asked.
 */
export interface SessionAnywhere<Api extends ApiShape> extends Audience<Api> {
  /** Whether a server has it. */
  exists(): Promise<boolean>
  /**
   * Ends it, after what was pushed to it before.
   *
   * @param code close code; default `CLOSE.normal`.
   * @throws RangeError when no WebSocket can send such a code or reason.
   */
  close(code?: number, reason?: string): Promise<boolean>
  /** Takes it into a room; false also when it is in `maxRooms` rooms already. */
  join(room: string): Promise<boolean>
  /** Takes it out of a room. */
  leave(room: string): Promise<boolean>
}
