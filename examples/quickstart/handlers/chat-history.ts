import { defineHandler } from '../generated/server.ts'
import { rooms } from '../rooms.ts'

/** Older messages of a room, page by page. */
export const chatHistory = defineHandler('chat.history', (c) => {
  const { room, before = Number.POSITIVE_INFINITY, limit } = c.data
  if (!c.session.rooms.has(room)) return c.error('not_in_room', { room })
  return rooms.before(room, before, limit)
})
