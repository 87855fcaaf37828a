import type { Handlers } from '../generated/server.ts'
import { chatHistory } from './chat-history.ts'
import { chatJoin } from './chat-join.ts'
import { chatSend } from './chat-send.ts'
import { register } from './register.ts'
import { userinfo } from './userinfo.ts'
import { whoIsOnline } from './who-is-online.ts'

/** The handler of every command. `wsrv codegen` adds a line for each new one; the rest is yours. */
export const handlers: Handlers = {
  'chat.history': chatHistory,
  'chat.join': chatJoin,
  'chat.send': chatSend,
  register,
  userinfo,
  who_is_online: whoIsOnline,
}
