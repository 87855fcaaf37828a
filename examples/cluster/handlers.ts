import type { Context, Handlers, User } from '../quickstart/generated/server.ts'
import { handlers as quickstart } from '../quickstart/handlers/index.ts'
import { userOf } from '../quickstart/users.ts'
import type { Rooms } from './rooms.ts'

/** The room of all who registered; what its members show is who they are. */
const ONLINE = 'online'

/** The quickstart's handlers, with what is kept in one process there kept where all processes see it. */
export function createHandlers(rooms: Rooms): Handlers {
  return {
    ...quickstart,
    register: async (c) => {
      const { uid } = c.data
      // A user whose server was killed is there until its lease ends: the one that comes back takes over.
      for (const { sid, value } of await c.server.to(ONLINE).members()) {
        if (sid !== c.sid && uidIn(value) === uid) await c.server.session(sid).close()
      }
      c.set('uid', uid)
      c.set('onlineSinceMs', Date.now())
      await c.join(ONLINE, userOf(uid, Date.now()))
      c.server.to(ONLINE).push('have_user_register', { uid })
      c.push('user_register', { uid })
      return {}
    },
    who_is_online: async (c) => ({ users: await onlineUsers(c) }),
    'chat.join': async (c) => {
      const { room } = c.data
      // From here on nothing is missed, so what is read afterwards is whole.
      await c.join(room, { uid: c.get('uid') ?? 0 })
      const members = (await c.server.to(room).members()).map(({ value }) => uidIn(value))
      const { messages } = await rooms.before(room, Number.POSITIVE_INFINITY, 20)
      return { members, history: messages }
    },
    'chat.send': async (c) => {
      const { room, content, quotes } = c.data
      if (!c.session.rooms.has(room)) return c.error('not_in_room', { room })
      const quoted = quotes === undefined ? undefined : await rooms.find(room, quotes)
      if (quotes !== undefined && quoted === undefined) return c.error('no_such_message', { quotes })
      const message = await rooms.add(room, { from: c.get('uid') ?? 0, content, ...(quoted && { quotes: quoted }) })
      c.server.to(room).push('chat.message', message)
      return { id: message.id }
    },
    'chat.history': (c) => {
      const { room, before = Number.POSITIVE_INFINITY, limit } = c.data
      if (!c.session.rooms.has(room)) return c.error('not_in_room', { room })
      return rooms.before(room, before, limit)
    },
  }
}

async function onlineUsers({ server }: Pick<Context, 'server'>): Promise<User[]> {
  return (await server.to(ONLINE).members()).map(({ value }) => value as User)
}

function uidIn(value: unknown): number {
  return Number(Object(value).uid)
}
