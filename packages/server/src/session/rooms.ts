import { isDeepStrictEqual } from 'node:util'
import type { LiveSession } from './live-session.ts'

/** What the owner of the rooms is notified of. */
export interface RoomsCallbacks {
  /** A session is in as many rooms as it may be, and wants more. */
  refused(session: LiveSession): void
  /** @returns resolves when pushes of other servers reach the session; `undefined` when they do already. */
  joined(session: LiveSession, room: string, kind: 'entered' | 'changed'): Promise<void> | undefined
  left(session: LiveSession, room: string, isLast: boolean): void
  /**
   * Checks what a session is to show in a room.
   *
   * @returns what the contract declares of it.
   * @throws TypeError when it does not match.
   */
  shown(value: unknown): unknown
}

/** Which sessions are in which room. A room exists as long as a session is in it. */
export class Rooms {
  readonly #members = new Map<string, Set<LiveSession>>()
  /** What sessions show in a room, of those that show something. */
  readonly #values = new Map<string, Map<LiveSession, unknown>>()
  readonly #maxRooms: number
  readonly #callbacks: RoomsCallbacks

  /** @param maxRooms rooms one session may be in. */
  constructor(maxRooms: number, callbacks: RoomsCallbacks) {
    this.#maxRooms = maxRooms
    this.#callbacks = callbacks
  }

  /** The sessions that are in a room now. */
  members(room: string): ReadonlySet<LiveSession> {
    return this.#members.get(room) ?? NO_MEMBERS
  }

  /** What a session shows in a room; `{}` when nothing. */
  valueOf(session: LiveSession, room: string): unknown {
    return this.#values.get(room)?.get(session) ?? {}
  }

  /**
   * Adds a session to a room; inside already, it shows another value. Harmless when it has ended.
   *
   * @param value what it shows; left out it shows what it showed before, or nothing.
   * @returns resolves when pushes of other servers reach it; `undefined` when they do already.
   * @throws RangeError when it is in too many rooms; TypeError when the value does not match the contract.
   */
  join(session: LiveSession, room: string, value?: unknown): Promise<void> | undefined {
    if (!session.isOpen) return undefined
    const shown = value === undefined ? undefined : this.#callbacks.shown(value)
    const isInside = session.joined?.has(room) === true
    if (isInside && (shown === undefined || isDeepStrictEqual(shown, this.valueOf(session, room)))) return undefined
    if (!isInside) this.#add(session, room)
    if (shown !== undefined) this.#show(session, room, shown)
    return this.#callbacks.joined(session, room, isInside ? 'changed' : 'entered')
  }

  /** Removes a session from a room; harmless when it is not there. */
  leave(session: LiveSession, room: string): void {
    if (session.joined?.delete(room)) this.#remove(session, room)
  }

  /** Removes a session from every room. */
  leaveAll(session: LiveSession): void {
    for (const room of session.joined ?? []) this.#remove(session, room)
    session.joined = undefined
  }

  #add(session: LiveSession, room: string): void {
    session.joined ??= new Set()
    if (session.joined.size >= this.#maxRooms) {
      this.#callbacks.refused(session)
      throw new RangeError(`a session may be in at most ${this.#maxRooms} rooms`)
    }
    session.joined.add(room)
    const members = this.#members.get(room)
    if (members === undefined) this.#members.set(room, new Set([session]))
    else members.add(session)
  }

  #show(session: LiveSession, room: string, value: unknown): void {
    const values = this.#values.get(room)
    if (values === undefined) this.#values.set(room, new Map([[session, value]]))
    else values.set(session, value)
  }

  #remove(session: LiveSession, room: string): void {
    const members = this.#members.get(room)
    members?.delete(session)
    const isLast = members?.size === 0
    if (isLast) this.#members.delete(room)
    const values = this.#values.get(room)
    if (values?.delete(session) && values.size === 0) this.#values.delete(room)
    this.#callbacks.left(session, room, isLast)
  }
}

const NO_MEMBERS: ReadonlySet<never> = new Set<never>()
