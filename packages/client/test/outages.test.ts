import type { ClientOptions } from '@wsrv/client'
import { MemoryTransport } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { answerHello, createStage, openStage, reply, type Stage } from './stage.ts'

const read = { cmd: 'read', idempotent: true }

/** A client whose server refuses every connection. */
function refusedStage(options: ClientOptions = {}): Stage {
  return createStage({ random: () => 0.5, ...options }, new MemoryTransport((peer) => peer.drop('refused')))
}

describe('a delay', () => {
  it('ends a second after the last attempt when a call is made', async () => {
    const stage = refusedStage({ reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } })
    await stage.clock.advance(10_000)
    expect(stage.transport.peers).toHaveLength(1)
    stage.client.call(read, {}).catch(() => {})
    await stage.settle()
    expect(stage.transport.peers).toHaveLength(2)
  })

  it('is at most 2 s while calls wait', async () => {
    const stage = refusedStage({ reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 } })
    stage.client.call(read, {}, { timeoutMs: 60_000 }).catch(() => {})
    await stage.clock.advance(15_000)
    expect(stage.transport.peers).toHaveLength(11)
  })

  it('that the server asked for is cut by no call and no waking up', async () => {
    const stage = await openStage({ random: () => 0.5 })
    stage.peer.close(1001, 'retry after 8000 ms')
    await stage.settle()
    stage.client.call(read, {}).catch(() => {})
    stage.client.wake()
    await stage.clock.advance(7_999)
    expect(stage.transport.peers).toHaveLength(1)
    stage.client.wake()
    await stage.clock.advance(1)
    expect(stage.transport.peers).toHaveLength(2)
  })
})

describe('a dead link', () => {
  it('is found 6 s after an unanswered call, whose time then suffices for the next connection', async () => {
    const stage = await openStage({ extensions: true })
    await answerHello(stage)
    const call = stage.client.call(read, {})
    await stage.clock.advance(6_000)
    expect(stage.transport.peers).toHaveLength(2)
    await answerHello(stage)
    stage.peer.send(reply('read', 'aaaaaa-0002', '1'))
    await expect(call).resolves.toBe(1)
  })

  it('is not entrusted with a call when it was silent for long: a ping goes first', async () => {
    const stage = await openStage({ extensions: true })
    await answerHello(stage, '{"heartbeatTimeoutMs":3000}')
    // Frozen timers: only the clock goes on.
    const now = stage.clock.now()
    stage.clock.now = () => now + 60_000
    const call = stage.client.call({ cmd: 'write' }, {})
    expect(JSON.parse(String(stage.peer.takeOne())).cmd).toBe('$ping')
    stage.peer.send(reply('$ping', 'aaaaaa-0003'))
    await stage.settle()
    expect(JSON.parse(String(stage.peer.takeOne())).cmd).toBe('write')
    stage.peer.send(reply('write', 'aaaaaa-0002', '1'))
    await expect(call).resolves.toBe(1)
  })
})

describe('being unable to connect', () => {
  it('is what an unsent call says when its time is up', async () => {
    const stage = refusedStage()
    const call = stage.client.call(read, {}, { timeoutMs: 2_000 })
    call.catch(() => {})
    await stage.clock.advance(2_000)
    await expect(call).rejects.toMatchObject({
      code: 'timeout',
      msg: 'not sent within 2000 ms: no connection (1006: refused)',
    })
  })

  it('is reported once for a row of failures, and again for the next row', async () => {
    let isUp = false
    const transport = new MemoryTransport((peer) => (isUp ? peer.open() : peer.drop('refused')))
    const stage = createStage({ random: () => 0.5 }, transport)
    await stage.clock.advance(10_000)
    expect(transport.peers.length).toBeGreaterThan(3)
    expect(stage.problems).toEqual([{ kind: 'connect_failed', error: new Error('cannot connect (1006: refused)') }])
    isUp = true
    await stage.client.connect()
    isUp = false
    stage.peer.drop()
    await stage.clock.advance(30_000)
    expect(stage.problems.map(({ kind }) => kind)).toEqual(['connect_failed', 'connect_failed'])
  })

  it('for good is reported as well', async () => {
    const stage = await openStage()
    stage.peer.close(4400, 'bad messages')
    await stage.settle()
    expect(stage.problems).toEqual([{ kind: 'gave_up', error: expect.objectContaining({ code: 'disconnected' }) }])
  })

  it.each(['', 'nonsense', 'ftp://x', 'ws://x/#part', 'ws://x:99999'])('to %j fails at once', async (url) => {
    const { WsrvClient } = await import('@wsrv/client')
    const client = new WsrvClient(url, { onProblem: () => {} })
    await expect(client.call(read, {})).rejects.toMatchObject({ code: 'disconnected', cause: { name: 'SyntaxError' } })
  })

  it('ends a connect() that has a timeout or a signal; the client goes on', async () => {
    const stage = createStage({}, new MemoryTransport(() => {}))
    const timed = stage.client.connect({ timeoutMs: 500 })
    const controller = new AbortController()
    const aborted = stage.client.connect({ signal: controller.signal })
    controller.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    timed.catch(() => {})
    await stage.clock.advance(500)
    await expect(timed).rejects.toMatchObject({
      code: 'timeout',
      msg: 'not open within 500 ms: connecting has not finished',
    })
    expect(stage.client.state).toBe('connecting')
  })
})
