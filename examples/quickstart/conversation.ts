import { inspect } from 'node:util'
import { type ClientOptions, CommandError } from '@wsrv/client'
import { createClient } from './generated/client.ts'

/** Shows one line of the conversation. */
export type Show = (who: string, line: string) => void

/** Two users register, talk, and make a mistake: every kind of message the contract has, by the generated client. */
export async function converse(url: string, show: Show, options: ClientOptions = {}): Promise<void> {
  let isRegistered = false
  const alice = createClient(url, {
    ...options,
    // A new connection is a new session: it registers and joins again before any other call leaves.
    setup: async (commands) => {
      if (!isRegistered) return
      await commands.register(1001)
      await commands.chat.join('lobby')
    },
  })
  const bob = createClient(url, options)
  const clients = { alice, bob }
  for (const [who, client] of Object.entries(clients)) {
    client.on('user_register', ({ uid }) => show(who, `⇠ user_register       { uid: ${uid} }`))
    client.on('have_user_register', ({ uid }) => show(who, `⇠ have_user_register  { uid: ${uid} }`))
    client.on('chat.message', ({ from, content }) => show(who, `⇠ chat.message        ${from}: ${readable(content)}`))
  }

  /** Shows a call and how it settled. */
  async function call<Result>(who: string, words: string, start: () => Promise<Result>): Promise<Result | undefined> {
    show(who, `→ ${words}`)
    try {
      const result = await start()
      show(who, `← ${readable(result)}`)
      return result
    } catch (error) {
      show(who, `✗ ${error instanceof Error ? error.message : String(error)}`)
      if (error instanceof CommandError) show(who, `  ${readable(error.data)}`)
      return undefined
    }
  }

  await call('alice', 'userinfo()', () => alice.userinfo())
  await call('alice', 'register(1001)', () => alice.register(1001))
  isRegistered = true
  await call('alice', 'userinfo()', () => alice.userinfo())
  await call('bob', 'register(1001)', () => bob.register(1001))
  await call('bob', 'register(-5)', () => bob.register(-5))
  await call('bob', 'register(1002)', () => bob.register(1002))

  const question = { kind: 'text', text: 'anybody here?' } as const
  await call('bob', "chat.send('lobby', question)", () => bob.chat.send('lobby', question))
  await call('alice', "chat.join('lobby')", () => alice.chat.join('lobby'))
  await call('bob', "chat.join('lobby')", () => bob.chat.join('lobby'))
  const { id = 0 } = (await call('bob', "chat.send('lobby', question)", () => bob.chat.send('lobby', question))) ?? {}
  const answer = { kind: 'text', text: 'I am' } as const
  await call('alice', `chat.send('lobby', answer, { quotes: ${id} })`, () =>
    alice.chat.send('lobby', answer, { quotes: id }),
  )
  await call('alice', "chat.history('lobby', { limit: 1 })", () => alice.chat.history('lobby', { limit: 1 }))
  await call('alice', 'reconnect()', () => alice.reconnect())
  await call('alice', "chat.send('lobby', answer)", () => alice.chat.send('lobby', answer))
  for (const client of Object.values(clients)) client.close()
}

/** Data in a form that fits a terminal of 80 columns. */
function readable(data: unknown): string {
  return inspect(data, { depth: null, breakLength: 64 }).replaceAll('\n', '\n           ')
}
