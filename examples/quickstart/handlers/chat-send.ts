import { defineHandler } from '../generated/server.ts'
import { rooms } from '../rooms.ts'

/** Say something in a room. */
export const chatSend = defineHandler('chat.send', (c) => {
  const { room, content, quotes } = c.data
  if (!c.session.rooms.has(room)) return c.error('not_in_room', { room })
  const quoted = quotes === undefined ? undefined : rooms.find(room, quotes)
  if (quotes !== undefined && quoted === undefined) return c.error('no_such_message', { quotes })

  const message = rooms.add(room, { from: c.get('uid') ?? 0, content, ...(quoted && { quotes: quoted }) })
  c.server.to(room).push('chat.message', message)
  return { id: message.id }
})
