/** Someone who can be in rooms. */
export interface RoomMember {
  readonly isOpen: boolean
  /** The rooms they are in; kept by {@link Rooms}. */
  joined: Set<string> | undefined
}

/** Who is in which room. A room is there as long as somebody is in it. */
export class Rooms<Member extends RoomMember> {
  readonly #members = new Map<string, Set<Member>>()
  readonly #maxRooms: number
  readonly #refused: (member: Member) => void

  /**
   * @param maxRooms rooms one member may be in.
   * @param refused told of a member who is in so many and wants more.
   */
  constructor(maxRooms: number, refused: (member: Member) => void) {
    this.#maxRooms = maxRooms
    this.#refused = refused
  }

  /** Who is in a room now. */
  members(room: string): Iterable<Member> {
    return this.#members.get(room) ?? []
  }

  /**
   * Lets a member in; harmless when inside, and when the member's session has ended.
   *
   * @throws RangeError when the member is in too many rooms.
   */
  join(member: Member, room: string): void {
    if (!member.isOpen || member.joined?.has(room)) return
    member.joined ??= new Set()
    if (member.joined.size >= this.#maxRooms) {
      this.#refused(member)
      throw new RangeError(`a session may be in at most ${this.#maxRooms} rooms`)
    }
    member.joined.add(room)
    const members = this.#members.get(room)
    if (members === undefined) this.#members.set(room, new Set([member]))
    else members.add(member)
  }

  /** Lets a member out; harmless when outside. */
  leave(member: Member, room: string): void {
    if (member.joined?.delete(room)) this.#remove(member, room)
  }

  /** Lets a member out of every room. */
  leaveAll(member: Member): void {
    for (const room of member.joined ?? []) this.#remove(member, room)
    member.joined = undefined
  }

  #remove(member: Member, room: string): void {
    const members = this.#members.get(room)
    members?.delete(member)
    if (members?.size === 0) this.#members.delete(room)
  }
}
