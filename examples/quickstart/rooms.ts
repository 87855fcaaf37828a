import type { Content, Message } from './generated/server.ts'

/** Messages a room remembers; a real server would keep them in a database. */
const MAX_REMEMBERED = 1_000

/** The messages of every room, in memory. */
export class Rooms {
  readonly #messages = new Map<string, Message[]>()

  /** Keeps a new message and gives it the room's next id. */
  add(room: string, said: { readonly from: number; readonly content: Content; readonly quotes?: Message }): Message {
    const messages = this.#messages.get(room) ?? []
    const id = (messages.at(-1)?.id ?? 0) + 1
    const message: Message = { id, room, sentAtMs: Date.now(), ...said }
    this.#messages.set(room, [...messages, message].slice(-MAX_REMEMBERED))
    return message
  }

  /** A message by its id. */
  find(room: string, id: number): Message | undefined {
    return this.#messages.get(room)?.find((message) => message.id === id)
  }

  /** The latest messages before an id, oldest first. */
  before(room: string, id: number, limit: number): { readonly messages: Message[]; readonly hasMore: boolean } {
    const older = this.#messages.get(room)?.filter((message) => message.id < id) ?? []
    return { messages: older.slice(-limit), hasMore: older.length > limit }
  }
}

export const rooms: Rooms = new Rooms()
