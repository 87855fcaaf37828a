import { defineHandler } from '../generated/server.ts'

/** Bind this connection to a user. Every other command needs it first. */
export const register = defineHandler('register', (c) => {
  const { uid } = c.data
  for (const session of c.server.sessions.values()) {
    if (session !== c.session && session.get('uid') === uid) return c.error('uid_taken', { uid })
  }
  c.set('uid', uid)
  c.set('onlineSinceMs', Date.now())

  for (const session of c.server.sessions.values()) {
    if (session.get('uid')) session.push('have_user_register', { uid })
  }
  c.push('user_register', { uid })
  return {}
})
