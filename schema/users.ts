import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'

/** A user's number, the same in every message. */
const uid = Type.Integer({ minimum: 1, description: 'User id.' })

export const User = Type.Object(
  {
    uid,
    name: Type.String({ minLength: 1, maxLength: 40, description: 'Name as others see it.' }),
    onlineSinceMs: Type.Integer({ description: 'When the user came online, in ms since 1970.' }),
  },
  { description: 'A user who is registered.' },
)

export const register = command({
  description: 'Bind this connection to a user. Every other command needs it first.',
  request: Type.Object({ uid }),
  params: ['uid'],
  response: Type.Object({}),
  errors: {
    uid_taken: {
      status: 1001,
      description: 'Another connection is bound to this user.',
      data: Type.Object({ uid }),
    },
  },
  idempotent: true,
  timeoutMs: 5_000,
})

export const userinfo = command({
  description: 'The user that this connection is bound to.',
  response: User,
  idempotent: true,
})

export const whoIsOnline = command({
  description: 'Everybody who is registered now.',
  response: Type.Object({ users: Type.Array(User, { description: 'In the order they came online.' }) }),
  idempotent: true,
})

export const haveUserRegister = push({
  description: 'A user registered. Goes to every registered connection.',
  snapshot: 'who_is_online',
  data: Type.Object({ uid }),
})

export const userRegister = push({
  description: 'This connection registered. Goes to the connection itself.',
  data: Type.Object({ uid }),
})

export const haveUserLeft = push({
  description: 'A user went offline. Goes to every registered connection.',
  snapshot: 'who_is_online',
  data: Type.Object({ uid }),
})
