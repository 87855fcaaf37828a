import type { ClientState, StateChange } from '@wsrv/client'
import { MemoryTransport } from '@wsrv/testing'
import { describe, expect, it, vi } from 'vitest'
import { answerHello, createStage, openStage, push, reply, type Stage } from './stage.ts'

const echo = { cmd: 'echo' }

function statesOf({ client }: Stage): ClientState[] {
  const states: ClientState[] = []
  client.onState((state) => states.push(state))
  return states
}

describe('a client', () => {
  it('connects on creation', async () => {
    const stage = createStage()
    expect(stage.client.state).toBe('connecting')
    const states = statesOf(stage)
    await stage.settle()
    expect(states).toEqual(['connecting', 'open'])
  })

  it.each([
    ['a call', ({ client }: Stage) => void client.call(echo, {}).catch(() => {})],
    ['a subscription', ({ client }: Stage) => void client.on('tick', () => {})],
    ['an iteration', ({ client }: Stage) => void client.pushes('tick')],
    ['connect()', ({ client }: Stage) => void client.connect()],
  ])('that is lazy waits for %s', async (_, need) => {
    const stage = createStage({ lazy: true })
    await stage.settle()
    expect([stage.client.state, stage.transport.peers.length]).toEqual(['idle', 0])
    need(stage)
    expect([stage.client.state, stage.transport.peers.length]).toEqual(['connecting', 1])
  })

  it('asks a url function at each attempt', async () => {
    let count = 0
    const { WsrvClient } = await import('@wsrv/client')
    const { clock, transport } = createStage({ lazy: true })
    const client = new WsrvClient(async () => new URL(`ws://server/${++count}`), { transport, clock, random: () => 0 })
    await clock.advance(0)
    transport.peer.drop()
    await clock.advance(0)
    expect(transport.peers.map(({ url }) => url)).toEqual(['ws://server/1', 'ws://server/2'])
    client.close()
  })

  it('reports a url function that fails, and tries again', async () => {
    const { WsrvClient } = await import('@wsrv/client')
    const { clock, transport } = createStage({ lazy: true })
    const problems: unknown[] = []
    const urls = [Promise.reject(new Error('no token')), 'ws://server/2']
    const client = new WsrvClient(() => urls.shift() as string, {
      transport,
      clock,
      random: () => 0,
      extensions: false,
      onProblem: (problem) => problems.push(problem),
    })
    await clock.advance(0)
    await clock.advance(0)
    expect(problems).toEqual([{ kind: 'url_failed', error: new Error('no token') }])
    expect(client.state).toBe('open')
    client.close()
    await clock.advance(0)
  })

  it('gives up an attempt that takes too long', async () => {
    const stage = createStage({ connectTimeoutMs: 1_000 }, new MemoryTransport(() => {}))
    const changes: StateChange[] = []
    stage.client.onState((_, change) => changes.push(change))
    await stage.clock.advance(1_000)
    expect(changes[1]).toEqual({
      state: 'waiting',
      previous: 'connecting',
      close: { code: 1006, reason: 'connecting took longer than 1000 ms' },
      retryDelayMs: 0,
    })
  })
})

describe('a lost connection', () => {
  it('is made again after a random part of the window, which doubles up to its limit', async () => {
    const stage = createStage(
      { random: () => 0.5, reconnect: { minDelayMs: 100, maxDelayMs: 300 } },
      new MemoryTransport((peer) => peer.drop('refused')),
    )
    const delays: (number | undefined)[] = []
    stage.client.onState((state, { retryDelayMs }) => {
      if (state === 'waiting') delays.push(retryDelayMs)
    })
    await stage.clock.advance(500)
    expect(delays).toEqual([50, 100, 150, 150, 150])
  })

  it('begins a new row of delays only after it was good for a while', async () => {
    const stage = await openStage({ random: () => 0.5, reconnect: { minDelayMs: 100, maxDelayMs: 10_000 } })
    const delays: number[] = []
    stage.client.onState((_, { retryDelayMs }) => retryDelayMs !== undefined && delays.push(retryDelayMs))
    for (const goodMs of [0, 0, 5_000, 0]) {
      await stage.clock.advance(goodMs)
      stage.peer.drop()
      await stage.clock.advance(200)
    }
    expect(delays).toEqual([50, 100, 50, 100])
  })

  it('tells state listeners why, and when it comes back', async () => {
    const stage = await openStage({ random: () => 0.5 })
    const changes: StateChange[] = []
    stage.client.onState((_, change) => changes.push(change))
    stage.peer.close(1001, 'deploy')
    await stage.clock.advance(500)
    expect(changes).toEqual([
      { state: 'waiting', previous: 'open', close: { code: 1001, reason: 'deploy' }, retryDelayMs: 500 },
      { state: 'connecting', previous: 'waiting' },
      { state: 'open', previous: 'connecting' },
    ])
  })

  it('keeps subscriptions', async () => {
    const stage = await openStage()
    const ticks: number[] = []
    stage.client.on('tick', (tick) => void ticks.push(tick))
    stage.peer.drop()
    await stage.settle()
    stage.peer.send(push('tick', '1'))
    await stage.settle()
    expect(ticks).toEqual([1])
  })

  it.each([1000, 1003, 1007, 1008, 1010, 4400])('closed with %i is not made again', async (code) => {
    const stage = await openStage()
    stage.peer.close(code, 'go away')
    await stage.settle()
    expect(stage.client.state).toBe('closed')
    await expect(stage.client.call(echo, {})).rejects.toMatchObject({
      code: 'disconnected',
      msg: `the client is closed (${code}: go away)`,
    })
  })

  it.each([1001, 1005, 1006, 1011, 1012, 1013, 4000, 4408])('closed with %i is made again', async (code) => {
    const stage = await openStage()
    stage.peer.close(code)
    await stage.settle()
    expect(stage.client.state).toBe('open')
  })

  it('is made again after the delay that the server asked for, and a random part on top', async () => {
    const stage = await openStage({ random: () => 0.5 })
    const delays: unknown[] = []
    stage.client.onState((_, { retryDelayMs }) => delays.push(retryDelayMs))
    stage.peer.close(1001, 'deploy; retry after 5000 ms')
    await stage.clock.advance(5_499)
    expect([stage.client.state, delays]).toEqual(['waiting', [5_500]])
  })

  it('is final when the client’s own rule says so', async () => {
    const stage = await openStage({ reconnect: { isFinal: ({ code }) => code === 4000 } })
    stage.peer.close(4000)
    await stage.settle()
    expect(stage.client.state).toBe('closed')
  })

  it.each([
    [0, { maxAttempts: 0 }],
    [0, false],
    [2, { maxAttempts: 2 }],
  ] as const)('is given up after %i attempts in a row with %j', async (attempts, reconnect) => {
    const stage = createStage({ reconnect }, new MemoryTransport((peer) => peer.drop('refused')))
    const call = stage.client.call(echo, {})
    call.catch(() => {})
    await stage.clock.advance(5_000)
    expect(stage.client.state).toBe('closed')
    expect(stage.transport.peers).toHaveLength(1 + attempts)
    await expect(call).rejects.toMatchObject({ code: 'disconnected', msg: expect.stringContaining('refused') })
  })
})

describe('connect()', () => {
  it('resolves once open', async () => {
    const { client } = createStage({ lazy: true })
    await client.connect()
    expect(client.state).toBe('open')
    await client.connect()
  })

  it('rejects when the client closes first', async () => {
    const { client } = createStage({}, new MemoryTransport(() => {}))
    const opening = client.connect()
    client.close()
    await expect(opening).rejects.toMatchObject({ code: 'disconnected' })
  })

  it('ends a delay', async () => {
    const stage = await openStage({ random: () => 0.5 })
    stage.peer.drop()
    await stage.settle()
    expect(stage.client.state).toBe('waiting')
    await stage.client.connect()
    expect(stage.client.state).toBe('open')
  })

  it('opens a closed client again', async () => {
    const stage = await openStage()
    stage.client.close()
    await stage.client.connect()
    const call = stage.client.call(echo, {})
    stage.peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
  })
})

describe('reconnect()', () => {
  it('closes the connection of the moment and makes another', async () => {
    const stage = await openStage()
    const states = statesOf(stage)
    await stage.client.reconnect()
    await stage.settle()
    expect(stage.transport.peers.map(({ closed }) => closed?.code)).toEqual([1000, undefined])
    expect(states).toEqual(['waiting', 'connecting', 'open'])
  })

  it('is not disturbed by what the old connection still says', async () => {
    const stage = await openStage()
    const [old] = stage.transport.peers
    const reconnecting = stage.client.reconnect()
    old?.send(push('tick', '1'))
    old?.drop()
    await reconnecting
    await stage.settle()
    expect([stage.client.state, stage.problems]).toEqual(['open', []])
  })
})

describe('close()', () => {
  it('closes the connection with 1000 and stays away', async () => {
    const stage = await openStage()
    stage.client.close()
    stage.client.close()
    await stage.clock.advance(60_000)
    expect(stage.transport.peers.map(({ closed }) => closed)).toEqual([{ code: 1000, reason: '' }])
    expect(stage.client.state).toBe('closed')
  })

  it('rejects everything pending: with disconnected, but what was sent and may have run with outcome_unknown', async () => {
    const stage = await openStage({ maxInFlight: 2 })
    const sent = stage.client.call(echo, {})
    const idempotent = stage.client.call({ cmd: 'read', idempotent: true }, {})
    const unsent = stage.client.call(echo, {})
    stage.client.close()
    await expect(sent).rejects.toMatchObject({ code: 'outcome_unknown', status: undefined })
    await expect(idempotent).rejects.toMatchObject({ code: 'disconnected' })
    await expect(unsent).rejects.toMatchObject({ code: 'disconnected' })
    await expect(stage.client.call(echo, {})).rejects.toMatchObject({ code: 'disconnected' })
  })

  it('while connecting abandons the attempt', async () => {
    const stage = createStage()
    stage.client.close()
    await stage.settle()
    expect(stage.client.state).toBe('closed')
  })
})

describe('a state listener', () => {
  it('hears changes in order even when another one closes the client', async () => {
    const stage = await openStage({ random: () => 0.5 })
    stage.client.onState((state) => state === 'waiting' && stage.client.close())
    const states = statesOf(stage)
    stage.peer.drop()
    await stage.settle()
    expect(states).toEqual(['waiting', 'closed'])
  })

  it('that throws is reported and harms nobody', async () => {
    const stage = createStage()
    stage.client.onState(() => {
      throw new Error('mine')
    })
    const states = statesOf(stage)
    await stage.settle()
    expect(states).toEqual(['connecting', 'open'])
    expect(stage.problems).toEqual(Array(2).fill({ kind: 'subscriber_threw', error: new Error('mine') }))
  })

  it('hears nothing after it unsubscribed', async () => {
    const stage = createStage()
    stage.client.onState(() => expect.unreachable())()
    await stage.settle()
    expect(stage.problems).toEqual([])
  })
})

describe('waking up', () => {
  it('ends a delay, and probes an open connection', async () => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    const stage = await openStage({ extensions: true, random: () => 0.5 })
    await answerHello(stage)
    stage.peer.drop()
    await stage.settle()
    expect(stage.client.state).toBe('waiting')
    page.dispatchEvent(new Event('online'))
    await stage.settle()
    await answerHello(stage)
    expect(stage.client.state).toBe('open')
    page.dispatchEvent(new Event('visibilitychange'))
    expect(JSON.parse(String(stage.peer.takeOne())).cmd).toBe('$ping')
    stage.client.close()
    page.dispatchEvent(new Event('online'))
    expect(stage.client.state).toBe('closed')
    vi.unstubAllGlobals()
  })
})
