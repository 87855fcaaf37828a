import { HANDSHAKE_TIMEOUT_MS } from '@wsrv/protocol'
import type { ServerOptions } from '@wsrv/server'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { type EchoApi, reply, request } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { HANDSHAKE, TcpPeer } from '../support/tcp-peer.ts'
import { type FaultServer, send, serveFaulty } from './fault-server.ts'

const never = (): Promise<never> => new Promise(() => undefined)
const CREDENTIALS = '{"cmd":"$hello","seqno":"h","data":{"client":"c","auth":1}}'

/** Lets what was written arrive as a chunk of its own, nearly always. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('a socket that dies', () => {
  let asked = 0
  const slow = (): Promise<never> => {
    asked += 1
    return never()
  }

  it.each<[string, ServerOptions<EchoApi>, (test: FaultServer) => Promise<TcpPeer>]>([
    ['before it says anything', {}, ({ port }) => TcpPeer.connect(port)],
    [
      'in the middle of its handshake',
      {},
      async ({ port }) => {
        const peer = await TcpPeer.connect(port)
        peer.send(HANDSHAKE.slice(0, 40))
        await turns()
        return peer
      },
    ],
    [
      'while authorizeUpgrade decides',
      { authorizeUpgrade: (upgrade) => (asked === 0 ? slow() : upgrade.url === '/') },
      async ({ port }) => {
        const peer = await TcpPeer.connect(port)
        peer.send(HANDSHAKE)
        await until(() => asked > 0)
        return peer
      },
    ],
    [
      'while authenticate decides',
      { authenticate: (c) => (asked === 0 ? slow() : c.accept()) },
      async ({ connect }) => {
        const peer = await connect()
        peer.send(frame(0x81, CREDENTIALS))
        await until(() => asked > 0)
        return peer
      },
    ],
    ['as soon as it is open', {}, ({ connect }) => connect()],
    [
      'in the middle of a frame',
      {},
      async ({ connect }) => {
        const peer = await connect()
        peer.send(frame(0x81, request('echo', 'a')).subarray(0, 9))
        await turns()
        return peer
      },
    ],
    [
      'with requests in flight',
      {},
      async ({ connect }) => {
        const peer = await connect()
        for (const seqno of ['a', 'b', 'c']) send(peer, 'work', seqno)
        send(peer, 'echo', 'd')
        expect(await peer.next()).toBe(reply('echo', 'd'))
        return peer
      },
    ],
  ])('%s leaves nothing: not its place, nor a timer, nor something in flight', async (_when, options, meet) => {
    asked = 0
    const test = await serveFaulty({ ...options, limits: { maxConnections: 1 }, heartbeatTimeoutMs: 0 }, (server) =>
      server.handle('work', never),
    )
    const peer = await meet(test)
    peer.socket.resetAndDestroy()
    // A hook that never decides keeps its place as long as an upgrade may take.
    if (asked > 0) await test.clock.advance(HANDSHAKE_TIMEOUT_MS)
    await until(() => test.server.sessions.size === 0 && test.clock.pendingTimers === 0)
    const next = await test.connect()
    next.send(frame(0x81, CREDENTIALS))
    expect(await next.next()).toContain('"cmd":"$hello","seqno":"h","status":0')
    send(next, 'echo', 'a')
    expect(await next.next()).toBe(reply('echo', 'a'))
    expect(test.failures).toEqual([])
    next.socket.resetAndDestroy()
    await test.server.close()
  })

  it('during a drain is waited for no longer', async () => {
    const { server, connect } = await serveFaulty({}, (fresh) => fresh.handle('work', never))
    const peer = await connect()
    send(peer, 'work', 'a')
    send(peer, 'echo', 'b')
    expect(await peer.next()).toBe(reply('echo', 'b'))
    const closed = server.close({ drainMs: 60_000 })
    peer.socket.resetAndDestroy()
    await closed
  })
})

describe('a conversation cut at every byte', () => {
  const before = [
    frame(0x81, request('echo', 'a', 'é')),
    frame(0x01, request('echo', 'b').slice(0, 10)),
    frame(0x89, 'p'),
    frame(0x80, request('echo', 'b').slice(10)),
    frame(0x82, request('echo', 'c')),
    frame(0x81, request('echo', 'd', 'x'.repeat(120))),
  ]
  const bytes = Buffer.concat(before)
  const said = async (peer: TcpPeer): Promise<readonly string[]> => {
    const frames: string[] = []
    while (frames.length < 5) frames.push(await peer.next())
    return frames.sort()
  }

  it('is understood all the same', { timeout: 60_000 }, async () => {
    const { connect } = await serveFaulty({ limits: { maxRequestsPerSecond: Infinity } })
    const peer = await connect()
    peer.send(bytes)
    const expected = await said(peer)
    expect(expected).toContain(reply('echo', 'b'))
    expect(expected).toContain('pong "p"')
    for (let cut = 1; cut < bytes.length; cut += 1) {
      peer.send(bytes.subarray(0, cut))
      await turns()
      peer.send(bytes.subarray(cut))
      expect(await said(peer), `cut at ${cut}`).toEqual(expected)
    }
  })
})

describe('what comes after the end', () => {
  const late = frame(0x81, request('work', 'late'))

  it.each([
    ['a close frame', frame(0x88, Buffer.of(0x03, 0xe8)), 'close 1000'],
    ['a frame that breaks a rule', frame(0x83, 'x'), 'close 1002'],
    ['text that is no UTF-8', frame(0x81, Buffer.of(0xff)), 'close 1007'],
    ['a frame that is too large', frame(0x81, 'x', { length: { bits: 64, bytes: 2n ** 40n } }), 'close 1009'],
  ])('%s is not read, in the same chunk or in another', async (_what, end, closed) => {
    const { connect, server } = await serveFaulty({}, (fresh) =>
      fresh.handle('work', () => expect.unreachable('the end was not the end')),
    )
    for (const cut of [true, false]) {
      const peer = await connect()
      peer.send(cut ? end : Buffer.concat([end, late]))
      if (cut) await turns()
      peer.send(Buffer.concat([late, late]))
      expect(await peer.next()).toMatch(new RegExp(`^${closed}`))
      peer.send(late)
      peer.socket.end()
      await peer.ended()
    }
    await until(() => server.sessions.size === 0)
  })
})

describe('a session that has ended', () => {
  it('may be closed again, takes no push and enters no room', async () => {
    const { server, connect } = await serveFaulty()
    const peer = await connect()
    const [session] = server.sessions.values()
    const seen: unknown[] = []
    server.onDisconnect((gone, { code }) => {
      gone.close(4002)
      gone.join('lobby')
      seen.push(code, gone.push('news', {}), gone.rooms.size, gone.requestAuth())
    })
    session?.close(4001, 'first')
    session?.close(4002, 'second')
    expect(await peer.next()).toBe('close 4001 "first"')
    expect(seen).toEqual([4001, false, 0, false])
    expect(server.push(session?.sid ?? '', 'news', {})).toBe(false)
  })

  it('as soon as it began is closed, and nothing is left', async () => {
    const { server, clock, connect } = await serveFaulty({ authenticate: (c) => c.accept() }, (fresh) => {
      fresh.onConnect((session) => session.close(4001))
    })
    const peer = await connect()
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe('close 4001')
    expect(server.sessions.size).toBe(0)
    await until(() => clock.pendingTimers === 0)
    peer.socket.end()
    await server.close()
  })

  it('by its own handler gets no reply, whatever the handler does then', async () => {
    const { server, failures, connect } = await serveFaulty({}, (fresh) =>
      fresh.handle('work', async (c) => {
        c.session.close(4001)
        await Promise.resolve()
        c.push('news', {})
        return c.ok(1)
      }),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    send(peer, 'work', 'b')
    expect(await peer.next()).toBe('close 4001')
    peer.socket.end()
    expect(await peer.next()).toBe('end')
    expect(failures).toEqual([])
    await server.close()
  })
})
