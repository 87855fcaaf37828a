import type { Payload } from '@wsrv/protocol'
import type { BrokerEvent } from '../observer/observer.ts'

/**
 * Makes one server of many: carries pushes, presence and requests for sessions between the servers that share it. Seam:
 * without one a server is alone, and pays nothing. `@wsrv/redis` is one over Redis; `createLocalBroker` joins servers
 * of one process. Each runs the suite of `describeBroker` in `@wsrv/testing`.
 *
 * A server delivers to its own sessions by itself, so that they are served while the broker is away.
 */
export interface Broker {
  /** Joins a server; called once per server, when it begins. */
  join(server: BrokerServer): BrokerLink
}

/** What a broker asks of a server, and notifies it of. None of these throws. */
export interface BrokerServer {
  /** Sends a push of another server to the local sessions it is for. */
  deliver(delivery: Delivery): void
  /** Notifies the sessions that may have missed pushes of other servers. */
  lost(loss: Loss): void
  /**
   * Carries out what another server asks of a local session.
   *
   * @returns false when the session is not here.
   */
  carryOut(sid: string, request: SessionRequest): boolean | Promise<boolean>
  /** Another server's session entered, changed its value in, or left a room that has local members. */
  presenceChanged(change: PresenceChange): void
  /** Something happened that metrics count. Failures are reported once per outage, not once per push. */
  report(event: BrokerEvent): void
}

/** One server's end of a broker. None of its methods throws, and what returns a promise says when it rejects. */
export interface BrokerLink {
  /** Identifies this server among those of the broker: random, drawn each time it joins. */
  readonly node: string
  /** Takes a push to the other servers; queued, bounded, while the broker is away. */
  publish(delivery: Delivery): void
  /**
   * Begins to receive what is for a room or a session.
   *
   * @returns resolves when deliveries arrive from now on, or the broker is away; `undefined` when they do already.
   */
  follow(target: RoomTarget | SessionTarget): Promise<void> | undefined
  /** Ends that, some time later: a target that is followed again soon costs nothing. */
  unfollow(target: RoomTarget | SessionTarget): void
  /**
   * Asks whichever server has the session.
   *
   * @returns whether a server had it and carried the request out; rejects with a {@link BrokerError} when the broker is away.
   */
  ask(sid: string, request: SessionRequest): Promise<boolean>
  /** Keeps the value a local member shows in a room, and notifies the other servers. */
  enter(room: string, sid: string, value: unknown): void
  /** Forgets a local member of a room, and notifies the other servers. */
  leave(room: string, sid: string): void
  /** Members of a room at the other servers; rejects with a {@link BrokerError} when the broker is away. */
  count(room: string): Promise<number>
  /** Members of a room at the other servers, with their values; rejects as {@link count}. */
  members(room: string): Promise<readonly RemoteMember[]>
  /** Leaves: what is queued is sent within a second, this server's members are forgotten. Idempotent. */
  close(): Promise<void>
}

/** A push on its way to sessions, encoded once by the server that made it. */
export interface Delivery {
  readonly target: Target
  /** The push's name. */
  readonly cmd: string
  /** The push's own, 8 random characters. */
  readonly seqno: string
  /** The whole message as the receivers are sent it. */
  readonly payload: Payload
  /** Frame type: binary when true, else text. */
  readonly isBinary: boolean
}

/** Receivers of a push. */
export type Target = SessionTarget | RoomTarget | EveryoneTarget

export interface SessionTarget {
  readonly kind: 'session'
  readonly sid: string
}

export interface RoomTarget {
  readonly kind: 'room'
  readonly room: string
  /** A session that is left out. */
  readonly except?: string | undefined
}

export interface EveryoneTarget {
  readonly kind: 'everyone'
}

/** Pushes of other servers that did not arrive here, or may not have. */
export interface Loss {
  /** Who may have missed them; absent when it may be any session. */
  readonly target?: Target | undefined
  /** How many were lost, by name; empty when the broker cannot know. */
  readonly pushes: ReadonlyMap<string, number>
}

/** What one server may ask of a session of another. */
export type SessionRequest =
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  | { readonly kind: 'join'; readonly room: string }
  | { readonly kind: 'leave'; readonly room: string }
  | { readonly kind: 'find' }

/** A member of a room at another server. */
export interface RemoteMember {
  readonly sid: string
  readonly node: string
  /** What the member shows; `{}` when it shows nothing. */
  readonly value: unknown
}

/** A change in who is in a room. */
export interface PresenceChange extends RemoteMember {
  readonly room: string
  readonly kind: 'entered' | 'changed' | 'left'
  /** Whether this server is the one that has to act on it: the member's own, or one that found the member's server gone. */
  readonly isOurs: boolean
}

/** Why a question to the other servers was not answered. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError'
}
