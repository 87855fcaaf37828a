import {
  type ClientOptions,
  type CommandError,
  type ContractMismatch,
  type StateChange,
  WsrvClient,
} from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { type Authenticate, createServer, type Server, type ServerOptions } from '@wsrv/server'
import { FakeClock, silentLogger, until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'

interface Api {
  commands: { whoami: { request: Record<string, unknown>; response: string; errors: Record<never, never> } }
  pushes: Record<never, never>
  session: { uid: string; expiresAt: number }
}

const contract: Contract = {
  commands: [
    { cmd: 'whoami', request: { type: 'object' }, response: { type: 'string' }, errors: {}, idempotent: false },
  ],
  pushes: [],
  types: {},
  hashes: { hash: 'new', commands: { whoami: 'w2' } },
}

const WHOAMI = { cmd: 'whoami' }
const TOKEN_LIFE_MS = 1_000
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Stage {
  readonly clock: FakeClock
  readonly server: Server<Api>
  readonly client: WsrvClient
  /** Credentials that were presented. */
  readonly presented: unknown[]
  /** Users for whom the handler ran. */
  readonly runs: unknown[]
  readonly connections: () => number
  readonly changes: StateChange[]
}

/** A server whose tokens `t1`, `t2` … live for a second, and a client; `auth` are the tokens it finds, one after the other. */
async function meet(
  auth: readonly string[] | undefined,
  client: ClientOptions = {},
  options: ServerOptions<Api> = {},
): Promise<Stage> {
  const clock = new FakeClock()
  const presented: unknown[] = []
  const runs: unknown[] = []
  let connections = 0
  const authenticate: Authenticate<Api> = async (c) => {
    presented.push(c.auth)
    await Promise.resolve()
    if (c.auth === 'banned') return c.refuse('forbidden', 'banned')
    if (!/^t\d$/.test(String(c.auth))) return c.refuse('unauthenticated', 'no token')
    c.session.set('uid', String(c.auth))
    c.session.set('expiresAt', clock.now() + TOKEN_LIFE_MS)
    return c.accept()
  }
  const server = createServer<Api>(contract, { clock, logger: silentLogger, ...(auth && { authenticate }), ...options })
  server.use((c, next) => ((c.get('expiresAt') ?? Infinity) <= clock.now() ? c.abort(401, 'token expired') : next()))
  server.handle('whoami', (c) => {
    runs.push(c.get('uid'))
    return c.get('uid') ?? 'nobody'
  })
  server.onConnect(() => {
    connections += 1
  })
  const { url } = await server.listen(0, { host: '127.0.0.1' })
  const tokens = auth?.values()
  const real = new WsrvClient(url, {
    clock,
    random: () => 0,
    onProblem: () => {},
    ...(tokens && { auth: () => tokens.next().value ?? 'nothing left' }),
    ...client,
  })
  const changes: StateChange[] = []
  real.onState((_, change) => changes.push(change))
  closers.push(async () => {
    real.close()
    await server.close({ drainMs: 0 })
    expect(clock.pendingTimers).toBe(0)
  })
  return { clock, server, client: real, presented, runs, connections: () => connections, changes }
}

describe('credentials', () => {
  it('that expire are renewed on the same connection, and the refused call is made again, once', async () => {
    const { client, clock, presented, runs, connections } = await meet(['t1', 't2'])
    expect(await client.call(WHOAMI, {})).toBe('t1')
    await clock.advance(TOKEN_LIFE_MS)
    expect(await Promise.all([client.call(WHOAMI, {}), client.call(WHOAMI, {})])).toEqual(['t2', 't2'])
    expect(presented).toEqual(['t1', 't2'])
    expect(runs).toEqual(['t1', 't2', 't2'])
    expect(connections()).toBe(1)
  })

  it('that cannot be renewed fail the call with the server’s refusal; better ones work again', async () => {
    const { client, clock, connections } = await meet(['t1', 'stale', 't2'])
    await client.call(WHOAMI, {})
    await clock.advance(TOKEN_LIFE_MS)
    await expect(client.call(WHOAMI, {})).rejects.toMatchObject({ code: 'unauthenticated', msg: 'token expired' })
    expect(await client.call(WHOAMI, {})).toBe('t2')
    expect(connections()).toBe(1)
  })

  it('are renewed when the server asks, before anything fails', async () => {
    const { client, clock, server, presented } = await meet(['t1', 't2'])
    await client.call(WHOAMI, {})
    await clock.advance(TOKEN_LIFE_MS - 1)
    for (const session of server.sessions.values()) expect(session.requestAuth()).toBe(true)
    await until(() => presented.length === 2, 'the client presents fresh ones')
    await clock.advance(1)
    expect(await client.call(WHOAMI, {})).toBe('t2')
  })

  it('are presented anew on the next connection', async () => {
    const { client, presented } = await meet(['t1', 't2'])
    await client.connect()
    await client.reconnect()
    expect(await client.call(WHOAMI, {})).toBe('t2')
    expect(presented).toEqual(['t1', 't2'])
  })

  it('that are forbidden are final: no attempt follows, and every call says so', async () => {
    const { client, clock, connections, runs } = await meet(['banned'])
    await expect(client.call(WHOAMI, {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(client.state).toBe('closed')
    await clock.advance(120_000)
    expect([connections(), runs]).toEqual([1, []])
  })

  it('that become forbidden end the connection for good', async () => {
    const { client, clock, connections, changes } = await meet(['t1', 'banned'])
    await client.call(WHOAMI, {})
    await expect(client.refreshAuth()).rejects.toMatchObject({ code: 'forbidden', msg: 'banned' })
    await until(() => client.state === 'closed', 'the server closes')
    expect(changes.at(-1)?.close).toMatchObject({ code: 1008, reason: 'forbidden' })
    await clock.advance(120_000)
    expect(connections()).toBe(1)
  })
})

describe('an upgrade that is refused', () => {
  it('is told to a client in Node, which tries again', async () => {
    let isOpen = false
    const authorizeUpgrade: ServerOptions<Api>['authorizeUpgrade'] = () => isOpen || { status: 401 }
    const { client, changes, clock } = await meet(undefined, {}, { authorizeUpgrade })
    await until(() => client.state === 'waiting', 'the refusal')
    await until(() => changes.length > 1, 'the state is told')
    expect(changes.at(-1)?.close).toMatchObject({ code: 1006, reason: 'Unexpected server response: 401' })
    isOpen = true
    await clock.advance(1_000)
    expect(await client.call(WHOAMI, {})).toBe('nobody')
  })
})

describe('a server that shuts down', () => {
  it('is left alone as long as it asks', async () => {
    const { client, server, changes } = await meet(undefined)
    await client.connect()
    await server.close({ drainMs: 0, retryAfterMs: 5_000 })
    await until(() => changes.at(-1)?.state === 'waiting', 'the client notices')
    expect(changes.at(-1)).toMatchObject({
      close: { code: 1012, reason: 'retry after 5000 ms' },
      retryDelayMs: 5_000,
    })
  })
})

describe('an old client of a new server', () => {
  const old = { hash: 'old', commands: { whoami: 'w1', gone: 'g1' } }

  async function mismatches(options: ServerOptions<Api>): Promise<readonly ContractMismatch[]> {
    const { client } = await meet(undefined, { contract: old, maxInFlight: 1 }, options)
    const heard: ContractMismatch[] = []
    client.onContractMismatch((mismatch) => heard.push(mismatch))
    expect(await client.call(WHOAMI, {})).toBe('nobody')
    await client.call({ cmd: 'gone' }, {}).catch(({ code }: CommandError) => expect(code).toBe('not_implemented'))
    return heard
  }

  it('hears that it is old and what of it, and goes on', async () => {
    expect(await mismatches({})).toEqual([{ client: 'old', server: 'new', differing: ['whoami', 'gone'] }])
  })

  it('hears nothing when the server has no extensions', async () => {
    expect(await mismatches({ extensions: false })).toEqual([])
  })
})
