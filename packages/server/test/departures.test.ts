import type { ServerOptions } from '@wsrv/server'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect, type RawPeer, refusal } from './raw-peer.ts'
import type { TestApi } from './test-contract.ts'
import { serve, type TestServer } from './test-server.ts'

const HELLO = '{"cmd":"$hello","seqno":"h","data":{"client":"me","session":{"holder":"me"}}}'
const GOAWAY = /^\{"cmd":"\$goaway","seqno":"\w{8}","status":0,"msg":"ok","data":\{"drainMs":5000\}\}$/

/** A server whose command `anything` answers when it is released. */
async function serveSlow(options: ServerOptions<TestApi> = {}): Promise<TestServer & { release: () => void }> {
  const waiting: (() => void)[] = []
  const served = await serve({ random: () => 0.5, ...options }, (fresh) =>
    fresh
      .handle('anything', () => new Promise((resolve) => waiting.push(() => resolve('done'))))
      .handle('register', () => ({ name: 'me' })),
  )
  return { ...served, release: () => waiting.splice(0).forEach((answer) => void answer()) }
}

/** A peer that has a session, and shows that it knows. */
async function connectWithSession(url: string): Promise<RawPeer> {
  const peer = await connect(url)
  peer.send(HELLO)
  await peer.text()
  peer.send('{"cmd":"$ack","data":{"n":0}}')
  await peer.settled()
  return peer
}

describe('close with spreadMs', () => {
  it('asks the clients to go one after another, over the whole time', async () => {
    const { server, url, clock } = await serveSlow()
    const peers = await Promise.all([0, 1, 2, 3].map(() => connectWithSession(url)))
    const asked: number[] = []
    for (const peer of peers) {
      void peer.text().then((text) => {
        expect(text).toMatch(GOAWAY)
        asked.push(clock.now())
        peer.socket.close(4012)
      })
    }
    const begin = clock.now()
    const closed = server.close({ spreadMs: 4_000, drainMs: 5_000 })
    expect(server.isClosing).toBe(true)
    for (let count = 1; count <= 4; count++) {
      await clock.advance(1_000)
      await until(() => asked.length === count && server.sessions.size === 4 - count)
    }
    expect(asked.map((at) => at - begin)).toEqual([550, 1_550, 2_550, 3_550])
    await clock.advance(50)
    await closed
  })

  it('serves a client as ever until its turn, and what it has sent by then', async () => {
    const { server, url, clock, release } = await serveSlow()
    const peer = await connectWithSession(url)
    const closed = server.close({ spreadMs: 1_000, drainMs: 5_000 })
    expect(await refusal(url)).toBe(503)
    peer.send('{"cmd":"register","seqno":"a","data":{"uid":1}}')
    expect(await peer.text()).toContain('"seqno":"a","status":0')
    peer.send('{"cmd":"anything","seqno":"b"}')
    await peer.settled()
    await clock.advance(1_000)
    expect(await peer.text()).toMatch(GOAWAY)
    // Crossed with the push.
    peer.send('{"cmd":"register","seqno":"c","data":{"uid":1}}')
    expect(await peer.text()).toContain('"seqno":"c","status":0')
    release()
    expect(await peer.text()).toContain('"seqno":"b","status":0')
    await clock.advance(4_000)
    expect(server.sessions.size).toBe(1)
    peer.socket.close(4012)
    await until(() => server.sessions.size === 0)
    await clock.advance(50)
    await closed
  })

  it('closes with 1012 a client that does not go in its time', async () => {
    const { server, url, clock } = await serveSlow()
    const peer = await connectWithSession(url)
    const closed = server.close({ spreadMs: 1_000, drainMs: 5_000 })
    await clock.advance(1_000)
    expect(await peer.text()).toMatch(GOAWAY)
    await clock.advance(5_000)
    expect(await peer.closed()).toEqual({ code: 1012, reason: 'the server is shutting down' })
    await closed
  })

  it('closes a client that cannot be asked when it is its turn and nothing of it is in flight', async () => {
    const { server, url, clock, release } = await serveSlow()
    const idle = await connect(url)
    const busy = await connect(url)
    busy.send('{"cmd":"anything","seqno":"a"}')
    await busy.settled()
    const closed = server.close({ spreadMs: 2_000, drainMs: 5_000 })
    await clock.advance(1_000)
    expect((await idle.closed()).code).toBe(1012)
    await clock.advance(1_000)
    busy.send('{"cmd":"register","seqno":"b","data":{"uid":1}}')
    expect(await busy.text()).toContain('"seqno":"b","status":503')
    release()
    expect(await busy.text()).toContain('"seqno":"a","status":0')
    await clock.advance(50)
    expect((await busy.closed()).code).toBe(1012)
    await closed
  })

  it('ends a session that lost its connection, because its client cannot come back', async () => {
    const { server, url, clock } = await serveSlow()
    const before = await connectWithSession(url)
    before.socket.terminate()
    await until(() => [...server.sessions.values()].every((session) => !session.isConnected))
    const meanwhile = await connectWithSession(url)
    const reasons: number[] = []
    server.onDisconnect((_session, { code }) => reasons.push(code))
    const closed = server.close({ spreadMs: 2_000, drainMs: 5_000 })
    meanwhile.socket.terminate()
    await until(() => server.sessions.size === 1)
    await clock.advance(1_000)
    await until(() => server.sessions.size === 0)
    expect(reasons).toEqual([1006, 1012])
    await clock.advance(1_050)
    await closed
  })
})
