import { WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { createServer } from '@wsrv/server'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'
import { assertNoLeaks } from './leaks.ts'
import { MemoryNetwork } from './memory-network.ts'

const contract: Contract = {
  commands: [{ cmd: 'join', request: {}, response: {}, errors: {}, idempotent: true }],
  pushes: [{ cmd: 'joined', data: {} }],
  types: {},
}

interface Api {
  commands: Record<'join', { request: object; response: unknown; errors: object }>
  pushes: { joined: { who: string } }
  session: object
}

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function start(options: object = {}) {
  const clock = new FakeClock()
  const network = new MemoryNetwork()
  const server = createServer<Api>(contract, { clock, transport: network.serverTransport, ...options })
  server.handle('join', (c) => {
    c.join('lobby')
    c.server.to('lobby').push('joined', { who: 'me' })
    return 'joined'
  })
  server.attach(network.httpServer, { path: '/ws' })
  const connect = (url = 'ws://memory/ws') => {
    const client = new WsrvClient(url, { clock, transport: network.clientTransport, onProblem: () => {} })
    closers.push(() => client.close())
    return client
  }
  closers.push(async () => {
    const closed = server.close({ drainMs: 0 })
    await clock.advance(1_000)
    await closed
    assertNoLeaks({ clock, transport: network.clientTransport })
  })
  return { clock, network, server, connect }
}

describe('a memory network', () => {
  it('carries calls and pushes between real ends', async () => {
    const { clock, connect } = start()
    const client = connect()
    const pushes = client.pushes('joined')
    const call = client.call({ cmd: 'join' }, {})
    await clock.advance(0)
    await expect(call).resolves.toBe('joined')
    await expect(pushes.next()).resolves.toEqual({ value: { who: 'me' }, done: false })
  })

  it('tells both ends of a close', async () => {
    const { clock, server, connect } = start()
    const reasons: unknown[] = []
    server.onDisconnect((_, reason) => reasons.push(reason))
    const client = connect()
    await clock.advance(0)
    // The answer to `$hello` leaves with the server's loop turn.
    await clock.advance(0)
    expect([client.state, server.sessions.size]).toEqual(['open', 1])
    client.close()
    await clock.advance(0)
    expect([server.sessions.size, reasons]).toEqual([0, [{ code: 1000, reason: '' }]])
  })

  it('answers the server’s pings, so that a silent client lives', async () => {
    const { clock, server, connect } = start()
    connect()
    await clock.advance(120_000)
    expect(server.sessions.size).toBe(1)
  })

  it.each([
    ['that the server refuses', { allowedOrigins: () => false }, 'ws://memory/ws', '403'],
    ['to a path that nobody serves', {}, 'ws://memory/other', '4'],
  ])('refuses a connection %s', async (_, options, url, status) => {
    const { clock, connect } = start(options)
    const client = connect(url)
    const reasons: string[] = []
    client.onState((_state, { close }) => close && reasons.push(close.reason))
    await clock.advance(0)
    expect(reasons[0]).toContain(`Unexpected server response: ${status}`)
  })

  it('loses a server that closes and finds it again', async () => {
    const { clock, server, connect } = start()
    const client = connect()
    await clock.advance(0)
    for (const session of server.sessions.values()) session.close(1001, 'deploy')
    await clock.advance(2_000)
    expect([client.state, server.sessions.size]).toEqual(['open', 1])
  })
})
