import { until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { converse } from '../../examples/quickstart/conversation.ts'
import { createClient } from '../../examples/quickstart/generated/client.ts'
import { FragileServer } from './fragile-server.ts'

const REGISTER_FIRST = { status: 401, msg: 'register first' }

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The quickstart's commands as a plain server has them. */
async function listen(): Promise<FragileServer> {
  const server = await FragileServer.listen({
    register: ({ uid }, session) => {
      session.set('uid', uid)
      return {}
    },
    userinfo: (_, session) => (session.has('uid') ? { data: { uid: session.get('uid'), name: 'me' } } : REGISTER_FIRST),
    'chat.join': (_, session) => (session.has('uid') ? { data: { history: [] } } : REGISTER_FIRST),
    'chat.send': (_, session) => (session.has('uid') ? { data: { id: 7 } } : REGISTER_FIRST),
    'chat.history': (_, session) => (session.has('uid') ? { data: { messages: [], hasMore: false } } : REGISTER_FIRST),
  })
  closers.push(() => server.close())
  return server
}

describe('a server that dies of two requests at once', () => {
  it('survives the quickstart’s whole conversation, with every option at its default', async () => {
    const server = await listen()
    const lines: string[] = []
    await converse(server.url, (_, line) => lines.push(line))
    expect(server.deaths).toEqual([])
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual(['✗ [unauthenticated] userinfo: register first'])
    expect(server.conversations.at(-1)).toEqual(['$hello', 'register', 'chat.join', 'chat.send'])
  })

  it('survives a page that asks everything at once, before and after a lost connection', async () => {
    const server = await listen()
    const client = createClient(server.url, {
      reconnect: { minDelayMs: 5, maxDelayMs: 5 },
      setup: (commands) => Promise.all([commands.register(1001), commands.chat.join('lobby')]),
    })
    closers.push(() => client.close())
    const ask = () => Promise.all([client.userinfo(), client.userinfo(), client.chat.join('lobby'), client.userinfo()])
    await ask()
    server.drop()
    await ask()
    await until(() => server.conversations.length === 2, 'the client comes back')
    const expected = ['$hello', 'register', 'chat.join', 'userinfo', 'userinfo', 'chat.join', 'userinfo']
    expect([server.conversations.at(-1), server.deaths]).toEqual([expected, []])
  })

  it('is asked nothing while it answers a call that was given up', async () => {
    const server = await listen()
    const client = createClient(server.url)
    closers.push(() => client.close())
    await client.connect()
    for (let round = 0; round < 20; round += 1) {
      const controller = new AbortController()
      const call = client.register(1001, { signal: controller.signal })
      await new Promise((resolve) => setImmediate(resolve))
      controller.abort()
      await call.catch(() => {})
    }
    await client.register(1001)
    expect(server.deaths).toEqual([])
  })
})
