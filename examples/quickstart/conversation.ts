import { type ClientOptions, CommandError } from '@wsrv/client'
import { createClient } from './generated/client.ts'

/** Shows one line of the conversation. */
export type Show = (who: string, line: string) => void

/** Two users register, talk, and make a mistake: every kind of message the contract has, by the generated client. */
export async function converse(url: string, show: Show, options: ClientOptions = {}): Promise<void> {
  const alice = createClient(url, options)
  const bob = createClient(url, options)
  const clients = { alice, bob }
  for (const [who, client] of Object.entries(clients)) {
    client.on('user_register', ({ uid }) => show(who, `⇠ user_register       { uid: ${uid} }`))
    client.on('have_user_register', ({ uid }) => show(who, `⇠ have_user_register  { uid: ${uid} }`))
    client.on('chat.message', ({ from, content }) =>
      show(who, `⇠ chat.message        ${from}: ${JSON.stringify(content)}`),
    )
  }

  /** Shows a call and how it settled. */
  async function call<Result>(who: string, words: string, calling: Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await calling
      show(who, `→ ${words}`)
      show(who, `← ${JSON.stringify(result)}`)
      return result
    } catch (error) {
      show(who, `→ ${words}`)
      show(who, `✗ ${error instanceof CommandError ? error.message : String(error)}`)
      if (error instanceof CommandError) show(who, `  data ${JSON.stringify(error.data)}`)
      return undefined
    }
  }

  await call('alice', 'userinfo()', alice.userinfo())
  await call('alice', 'register(1001)', alice.register(1001))
  await call('alice', 'userinfo()', alice.userinfo())
  await call('bob', 'register(1001)', bob.register(1001))
  await call('bob', 'register(-5)', bob.register(-5))
  await call('bob', 'register(1002)', bob.register(1002))
  await call('bob', "chat.send('lobby', …)", bob.chat.send('lobby', { kind: 'text', text: 'anybody here?' }))
  await call('alice', "chat.join('lobby')", alice.chat.join('lobby'))
  await call('bob', "chat.join('lobby')", bob.chat.join('lobby'))
  const sent = await call(
    'bob',
    "chat.send('lobby', …)",
    bob.chat.send('lobby', { kind: 'text', text: 'anybody here?' }),
  )
  await call(
    'alice',
    "chat.send('lobby', …, { quotes })",
    alice.chat.send('lobby', { kind: 'text', text: 'I am' }, { quotes: sent?.id ?? 1 }),
  )
  await call('alice', "chat.history('lobby')", alice.chat.history('lobby'))
  for (const client of Object.values(clients)) client.close()
}
