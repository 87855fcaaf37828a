import type { LiveSession } from './live-session.ts'

/** Which sessions are in which room. A room exists as long as a session is in it. */
export class Rooms {
  readonly #members = new Map<string, Set<LiveSession>>()
  readonly #maxRooms: number
  readonly #refused: (session: LiveSession) => void

  /**
   * @param maxRooms rooms one session may be in.
   * @param refused called for a session that is in as many and wants more.
   */
  constructor(maxRooms: number, refused: (session: LiveSession) => void) {
    this.#maxRooms = maxRooms
    this.#refused = refused
  }

  /** The sessions that are in a room now. */
  members(room: string): Iterable<LiveSession> {
    return this.#members.get(room) ?? []
  }

  /**
   * Adds a session to a room; harmless when it is there, and when it has ended.
   *
   * @throws RangeError when it is in too many rooms.
   */
  join(session: LiveSession, room: string): void {
    if (!session.isOpen || session.joined?.has(room)) return
    session.joined ??= new Set()
    if (session.joined.size >= this.#maxRooms) {
      this.#refused(session)
      throw new RangeError(`a session may be in at most ${this.#maxRooms} rooms`)
    }
    session.joined.add(room)
    const members = this.#members.get(room)
    if (members === undefined) this.#members.set(room, new Set([session]))
    else members.add(session)
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

  #remove(session: LiveSession, room: string): void {
    const members = this.#members.get(room)
    members?.delete(session)
    if (members?.size === 0) this.#members.delete(room)
  }
}
