import type { Context, User } from './generated/server.ts'

/** Everybody who is registered, in the order they came online. */
export function onlineUsers({ server }: Pick<Context, 'server'>): User[] {
  return [...server.sessions.values()].flatMap((session) => {
    const uid = session.get('uid')
    return uid === undefined ? [] : [userOf(uid, session.get('onlineSinceMs') ?? 0)]
  })
}

/** A user as the contract shows them. A real server would ask its database for the name. */
export function userOf(uid: number, onlineSinceMs: number): User {
  return { uid, name: `user ${uid}`, onlineSinceMs }
}
