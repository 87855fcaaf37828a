import { defineHandler } from '../generated/server.ts'
import { onlineUsers } from '../users.ts'

/** Everybody who is registered now. */
export const whoIsOnline = defineHandler('who_is_online', (c) => ({ users: onlineUsers(c) }))
