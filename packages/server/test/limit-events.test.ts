import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { HARD_MESSAGE_FACTOR } from '@wsrv/protocol'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import type { LimitName, LimitReached } from '../src/observer/observer.ts'
import type { Server } from '../src/server-types.ts'
import { connect, type RawPeer, refusal } from './raw-peer.ts'
import { type TestApi, testContract } from './test-contract.ts'
import { type ServeOptions, serve, type TestServer } from './test-server.ts'

/** How a client comes to a limit. */
interface Approach extends ServeOptions {
  readonly value: number
  /** What the event names besides the limit. */
  readonly names: readonly (keyof LimitReached)[]
  readonly prepare?: (server: Server<TestApi>) => unknown
  readonly reach: (test: TestServer) => unknown
}

/** The test contract with `anything` as a stream. */
const STREAMING = {
  ...testContract,
  commands: testContract.commands.map((one) => (one.cmd === 'anything' ? { ...one, stream: {} } : one)),
}

const ANYTHING = '{"cmd":"anything","seqno":"a"}'

/** Sends on a new connection; resolves when all of it was read. */
async function say(url: string, ...messages: readonly string[]): Promise<RawPeer> {
  const peer = await connect(url, { autoPong: false })
  for (const message of messages) peer.send(message)
  await peer.settled()
  return peer
}

const never = (): Promise<never> => new Promise(() => undefined)
const REQUEST = ['sid', 'cmd', 'seqno'] as const

/** Every limit there is: the type makes this complete. */
const APPROACHES: Readonly<Record<LimitName, Approach>> = {
  maxMessageBytes: {
    value: 100,
    names: REQUEST,
    reach: ({ url }) => say(url, ANYTHING.padEnd(101)),
    limits: { maxMessageBytes: 100 },
  },
  hardMessageBytes: {
    value: 100 * HARD_MESSAGE_FACTOR,
    names: ['sid'],
    reach: async ({ url }) => {
      const peer = await connect(url)
      peer.send(ANYTHING.padEnd(401))
      expect(await peer.closed()).toMatchObject({ code: 1009 })
    },
    limits: { maxMessageBytes: 100 },
  },
  maxBufferedBytes: {
    value: 1_000,
    names: ['sid'],
    reach: async ({ url, server }) => {
      const peer = await connect(url)
      peer.socket.pause()
      peer.send(ANYTHING)
      peer.send(ANYTHING)
      await until(() => server.sessions.size === 0)
    },
    prepare: (server) => server.handle('anything', () => 'x'.repeat(16 * 2 ** 20)),
    limits: { maxBufferedBytes: 1_000 },
  },
  maxAuthRefusals: {
    value: 0,
    names: ['sid'],
    reach: async ({ url }) => {
      const peer = await say(url, '{"cmd":"$hello","seqno":"h","data":{"client":"c"}}')
      expect(await peer.closed()).toMatchObject({ code: 4401 })
    },
    authenticate: (c) => c.refuse('unauthenticated', 'no'),
    limits: { maxAuthRefusals: 0 },
  },
  streamIdleMs: {
    value: 2_000,
    names: REQUEST,
    reach: async ({ url, clock }) => {
      await say(url, '{"cmd":"anything","seqno":"s","credit":1}')
      await clock.advance(2_000)
    },
    contract: STREAMING,
    prepare: (server) =>
      server.handle('anything', async function* () {
        yield 1
        yield 2
      }),
    limits: { streamIdleMs: 2_000 },
  },
  maxInFlight: {
    value: 1,
    names: REQUEST,
    reach: ({ url }) => say(url, '{"cmd":"quick","seqno":"q"}', ANYTHING),
    limits: { maxInFlight: 1 },
  },
  maxRequestsPerSecond: {
    value: 1,
    names: REQUEST,
    reach: ({ url }) => say(url, ANYTHING, ANYTHING),
    limits: { maxRequestsPerSecond: 1 },
  },
  maxConnections: {
    value: 0,
    names: ['remoteAddress'],
    reach: async ({ url }) => expect(await refusal(url)).toBe(503),
    limits: { maxConnections: 0 },
  },
  maxConnectionsPerAddress: {
    value: 0,
    names: ['remoteAddress'],
    reach: async ({ url }) => expect(await refusal(url)).toBe(503),
    limits: { maxConnectionsPerAddress: 0 },
  },
  authTimeoutMs: {
    value: 500,
    names: ['sid'],
    reach: async ({ url, clock }) => {
      const peer = await connect(url)
      await clock.advance(500)
      expect(await peer.closed()).toMatchObject({ code: 4401 })
    },
    authenticate: (c) => c.refuse('unauthenticated', 'no'),
    limits: { authTimeoutMs: 500 },
  },
  maxBadMessages: {
    value: 1,
    names: ['sid'],
    reach: async ({ url }) => {
      const peer = await connect(url)
      for (const message of ['bad', 'worse']) peer.send(message)
      expect(await peer.closed()).toMatchObject({ code: 4400 })
    },
    limits: { maxBadMessages: 1 },
  },
  maxRooms: {
    value: 1,
    names: ['sid'],
    reach: ({ url }) => say(url, ANYTHING),
    prepare: (server) =>
      server.handle('anything', (c) => {
        for (const room of ['a', 'a', 'b']) c.join(room)
      }),
    limits: { maxRooms: 1 },
  },
  handshakeTimeoutMs: {
    value: 10_000,
    names: ['remoteAddress'],
    reach: async ({ url, clock }) => {
      const refused = refusal(url)
      await until(() => clock.pendingTimers > 0)
      await clock.advance(10_000)
      expect(await refused).toBe(503)
    },
    authorizeUpgrade: never,
  },
  handlerTimeoutMs: {
    value: 1_000,
    names: REQUEST,
    reach: async ({ url, clock }) => {
      const peer = await say(url, '{"cmd":"quick","seqno":"a"}')
      await clock.advance(1_000)
      expect(await peer.text()).toContain('"status":408')
    },
  },
  heartbeatTimeoutMs: {
    value: 4_000,
    names: ['sid'],
    reach: async ({ url, clock }) => {
      const peer = await connect(url, { autoPong: false })
      await clock.advance(6_000)
      expect(await peer.closed()).toMatchObject({ code: 4408 })
    },
    heartbeatTimeoutMs: 4_000,
  },
}

describe('an observer is told of a limit that is reached, once and with what it is', () => {
  it.each(Object.entries(APPROACHES))('%s', async (limit, { value, names, prepare, reach, ...options }) => {
    const events: LimitReached[] = []
    const test = await serve({ ...options, observer: { limitReached: (event) => events.push(event) } }, (server) => {
      prepare?.(server)
      server.handle('quick', never)
    })
    await reach(test)
    const told = Object.fromEntries(names.map((name) => [name, expect.any(String)]))
    expect(events).toEqual([{ limit, value, ...told }])
  })

  it('but not of a deadline of the caller’s own', async () => {
    const events: LimitReached[] = []
    const { url, clock } = await serve({ observer: { limitReached: (event) => events.push(event) } }, (server) =>
      server.handle('quick', never),
    )
    const peer = await say(url, '{"cmd":"quick","seqno":"a","data":{},"timeoutMs":50}')
    await clock.advance(50)
    expect(await peer.text()).toContain('"status":408')
    expect(events).toEqual([])
  })

  it('of a handshake that never ends, on a port of the server’s own', async () => {
    const events: LimitReached[] = []
    const { server } = await serve({ observer: { limitReached: (event) => events.push(event) } })
    const { port } = await server.listen(0, { host: '127.0.0.1', handshakeTimeoutMs: 50 })
    const socket = connectTcp(port, '127.0.0.1')
    socket.write('GET /ws HTTP/1.1\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
    expect(events).toEqual([{ limit: 'handshakeTimeoutMs', value: 50, remoteAddress: '127.0.0.1' }])
  })
})
