import { defineHandler } from '../generated/server.ts'
import { userOf } from '../users.ts'

/** The user that this connection is bound to. */
export const userinfo = defineHandler('userinfo', (c) => userOf(c.get('uid') ?? 0, c.get('onlineSinceMs') ?? 0))
