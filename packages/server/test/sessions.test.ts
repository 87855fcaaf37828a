import { type Broker, createLocalBroker } from '@wsrv/server'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

const push = (cmd: string, data: unknown): unknown =>
  expect.stringMatching(
    new RegExp(`^\\{"cmd":"${cmd}","seqno":"[a-z0-9]{8}","status":0,"msg":"ok","data":${JSON.stringify(data)}\\}$`),
  )

describe('a session', () => {
  it('begins with its connection and ends with it, with the reason', async () => {
    const events: unknown[] = []
    const { server, url } = await serve()
    server.onConnect((session) => events.push(['connect', session.sid, server.sessions.get(session.sid) === session]))
    server.onDisconnect((session, { code, reason }) => events.push(['disconnect', session.sid, code, reason]))
    const peer = await connect(url)
    const [sid] = server.sessions.keys()
    expect(sid).toMatch(/^[\w-]{24}$/)
    peer.socket.close(4000, 'bye')
    await peer.closed()
    await until(() => server.sessions.size === 0)
    expect(events).toEqual([
      ['connect', sid, true],
      ['disconnect', sid, 4000, 'bye'],
    ])
  })

  it('keeps values, knows its peer, and is the same in every request', async () => {
    const { server, url } = await serve({}, (fresh) => {
      fresh.handle('register', (c) => {
        c.set('uid', c.data.uid)
        return { name: `${c.session.request.url} ${c.session.remoteAddress} ${c.request.headers['x-who']}` }
      })
      fresh.handle('anything', (c) => {
        const uid = c.get('uid')
        c.set('uid', undefined)
        return [uid, c.get('uid') ?? null, c.sid === c.session.sid]
      })
    })
    const peer = await connect(`${url}?a=1`, { headers: { 'x-who': 'me' } })
    peer.send('{"cmd":"register","seqno":"a","data":{"uid":7}}')
    expect(await peer.text()).toContain('{"name":"/ws?a=1 127.0.0.1 me"}')
    peer.send('{"cmd":"anything","seqno":"b"}')
    expect(await peer.text()).toContain('"data":[7,null,true]')
    const [session] = server.sessions.values()
    expect(session?.get('uid')).toBe(undefined)
  })

  it('closed by the server is gone at once; what was sent before still arrives', async () => {
    const reasons: unknown[] = []
    const { server, url } = await serve()
    server.onDisconnect((_session, disconnect) => reasons.push(disconnect))
    const peer = await connect(url)
    const [session] = server.sessions.values()
    session?.push('news', { text: 'last' })
    session?.close(4001, 'kicked')
    session?.close(4002, 'again')
    expect(server.sessions.size).toBe(0)
    expect(session?.isOpen).toBe(false)
    expect(session?.push('news', { text: 'too late' })).toBe(false)
    expect(await peer.text()).toEqual(push('news', { text: 'last' }))
    expect(await peer.closed()).toEqual({ code: 4001, reason: 'kicked' })
    expect(reasons).toEqual([{ code: 4001, reason: 'kicked' }])
  })

  it('survives listeners that throw or reject, and they are reported', async () => {
    const { server, url, failures } = await serve()
    server.onConnect(() => {
      throw new Error('sync')
    })
    server.onConnect(async () => {
      throw new Error('async')
    })
    const off = server.onConnect(() => {
      throw new Error('removed')
    })
    off()
    await (await connect(url)).settled()
    expect(failures.map(({ kind, error }) => [kind, String(error)])).toEqual([
      ['listener_threw', 'Error: sync'],
      ['listener_threw', 'Error: async'],
    ])
  })
})

describe('a push', () => {
  it('reaches one session, everyone, or a room', async () => {
    const { server, url } = await serve()
    const peers = [await connect(url), await connect(url), await connect(url)]
    const [a, b] = [...server.sessions.values()]
    for (const session of [a, b]) session?.join('lobby')
    expect(server.push(a?.sid ?? '', 'joined', { uid: 1 })).toBe(true)
    server.broadcast('joined', { uid: 2 })
    server.to('lobby').push('joined', { uid: 3 })
    b?.leave('lobby')
    server.to('lobby').push('joined', { uid: 4 })
    expect([...(a?.rooms ?? [])]).toEqual(['lobby'])
    expect(server.push('nobody', 'joined', { uid: 5 })).toBe(false)
    server.to('empty').push('joined', { uid: 6 })
    const uids = async (peer?: (typeof peers)[0]): Promise<unknown> =>
      (await peer?.rest())?.map((text) => JSON.parse(text).data.uid)
    expect(await Promise.all(peers.map(uids))).toEqual([[1, 2, 3, 4], [2, 3], [2]])
  })

  it.each(['broadcast', 'room', 'session', 'sid'])(
    'that cannot be written throws where it was made: %s',
    async (way) => {
      const open = { type: 'object', additionalProperties: true } as const
      const { server, url, failures } = await serve({
        contract: { ...testContract, pushes: [{ cmd: 'news', data: open }] },
      })
      const peer = await connect(url)
      const [session] = server.sessions.values()
      session?.join('lobby')
      const news = { text: 'x', count: 1n }
      const push: Record<string, () => unknown> = {
        broadcast: () => server.broadcast('news', news),
        room: () => server.to('lobby').push('news', news),
        session: () => session?.push('news', news),
        sid: () => server.push('elsewhere', 'news', news),
      }
      expect(push[way]).toThrow(TypeError)
      expect(await peer.rest()).toEqual([])
      expect(failures).toEqual([])
    },
  )

  it('of wrong shape throws where it is made, and nothing is sent', async () => {
    const { server, url } = await serve()
    const peer = await connect(url)
    expect(() => server.broadcast('joined', { uid: 'x' } as never)).toThrow(
      new TypeError('push "joined": /uid must be integer, got "x"'),
    )
    expect(() => server.to('x').push('nope' as never, {} as never)).toThrow('the contract has no push "nope"')
    expect(await peer.rest()).toEqual([])
  })

  it('leaves in order with the replies of its loop turn', async () => {
    const { url } = await serve({}, (server) =>
      server.handle('anything', (c) => {
        c.push('news', { text: 'é' })
        c.server.broadcast('news', { text: 'x'.repeat(200) })
        return 'done'
      }),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    expect(await peer.text()).toEqual(push('news', { text: 'é' }))
    expect(await peer.text()).toEqual(push('news', { text: 'x'.repeat(200) }))
    expect(await peer.text()).toContain('"data":"done"')
  })

  it('goes through the broker to the sessions of other servers', async () => {
    const broker = createLocalBroker()
    const [one, other] = [await serve({ broker }), await serve({ broker })]
    const peer = await connect(other.url)
    const [session] = other.server.sessions.values()
    session?.join('lobby')
    expect(one.server.push(session?.sid ?? '', 'joined', { uid: 1 })).toBe(false)
    one.server.to('lobby').push('joined', { uid: 2 })
    one.server.broadcast('joined', { uid: 3 })
    expect((await peer.rest()).map((text) => JSON.parse(text).data.uid)).toEqual([1, 2, 3])
  })

  it('that the broker loses is reported', async () => {
    const broken = () => {
      throw new Error('gone')
    }
    const local = createLocalBroker()
    const broker: Broker = { join: (one) => Object.assign(local.join(one), { publish: broken }) }
    const { server, failures, clock } = await serve({ broker })
    server.broadcast('joined', { uid: 1 })
    await clock.advance(0)
    expect(failures).toMatchObject([{ kind: 'broker_failed' }])
  })
})

describe('rooms', () => {
  it('are bounded for a session', async () => {
    const { server, url } = await serve({ limits: { maxRooms: 1 } })
    await connect(url)
    const [session] = server.sessions.values()
    session?.join('a')
    session?.join('a')
    expect(() => session?.join('b')).toThrow(new RangeError('a session may be in at most 1 rooms'))
  })

  it('are still known when the session has just ended, then left', async () => {
    const seen: unknown[] = []
    const { server, url } = await serve()
    server.onDisconnect((session) => {
      seen.push([...session.rooms])
      server.to('lobby').push('joined', { uid: 1 })
    })
    await connect(url)
    const [session] = server.sessions.values()
    session?.join('lobby')
    session?.close()
    session?.join('lobby')
    expect(seen).toEqual([['lobby']])
    expect(session?.rooms.size).toBe(0)
  })
})

describe('a reader that does not read', () => {
  it('is closed with 4429 when too much waits for it', async () => {
    const ends: unknown[] = []
    const { server, url } = await serve({ limits: { maxBufferedBytes: 1_000_000 } })
    server.onDisconnect((_session, { code }) => ends.push(code))
    const peer = await connect(url)
    peer.socket.pause()
    const text = 'x'.repeat(1_000_000)
    for (let sent = 0; sent < 50 && ends.length === 0; sent += 1) {
      server.broadcast('news', { text })
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(ends).toEqual([4429])
    peer.socket.resume()
    expect((await peer.closed()).code).toBe(4429)
  })
})

describe('a close that no WebSocket can send', () => {
  it.each([
    [999, ''],
    [1004, ''],
    [1005, ''],
    [1006, ''],
    [1015, ''],
    [2999, ''],
    [5000, ''],
    [4000.5, ''],
    [Number.NaN, ''],
    [4000, 'x'.repeat(124)],
    [4000, 'é'.repeat(62)],
  ])('(%s, %j) throws, and the session lives on', async (code, reason) => {
    const { server, url } = await serve({}, (fresh) => fresh.handle('anything', () => 1))
    const peer = await connect(url)
    const [session] = server.sessions.values()
    expect(() => session?.close(code, reason)).toThrow(RangeError)
    expect(session?.isOpen).toBe(true)
    peer.send('{"cmd":"anything"}')
    expect(await peer.text()).toContain('"status":0')
    await server.close()
    expect((await peer.closed()).code).toBe(1012)
  })

  it.each([
    [1000, ''],
    [1014, 'x'.repeat(123)],
    [3000, 'é'.repeat(61)],
    [4999, 'bye'],
  ])('(%s, %j) is none', async (code, reason) => {
    const { server, url } = await serve()
    const peer = await connect(url)
    for (const session of server.sessions.values()) session.close(code, reason)
    expect(await peer.closed()).toEqual({ code, reason })
  })
})
