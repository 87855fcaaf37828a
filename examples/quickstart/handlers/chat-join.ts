import { defineHandler } from '../generated/server.ts'
import { rooms } from '../rooms.ts'

/** Messages that somebody who comes in is shown. */
const WELCOME_MESSAGES = 20

/** Enter a room: its messages are pushed to this connection from now on. */
export const chatJoin = defineHandler('chat.join', (c) => {
  const { room } = c.data
  c.join(room)
  const members = [...c.server.sessions.values()].flatMap((session) =>
    session.rooms.has(room) ? [session.get('uid') ?? 0] : [],
  )
  return { members, history: rooms.before(room, Number.POSITIVE_INFINITY, WELCOME_MESSAGES).messages }
})
