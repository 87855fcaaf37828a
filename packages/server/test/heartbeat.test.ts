import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { serve } from './test-server.ts'

const SILENT_PEER = { autoPong: false }

describe('the heartbeat', () => {
  it('drops a connection after 30 s of silence, with 4408, and tells why', async () => {
    const ends: unknown[] = []
    const { server, url, clock } = await serve()
    server.onDisconnect((_session, disconnect) => ends.push(disconnect))
    const peer = await connect(url, SILENT_PEER)
    await clock.advance(30_000)
    expect(server.sessions.size).toBe(1)
    await clock.advance(1_000)
    expect(ends).toEqual([{ code: 4408, reason: 'heartbeat timeout' }])
    expect((await peer.closed()).code).toBe(4408)
  })

  it.each(['', '{"cmd":"nope"}', 'garbage'])(
    'takes %j for a sign of life and answers no heartbeat',
    async (message) => {
      const { server, url, clock } = await serve()
      const peer = await connect(url, SILENT_PEER)
      for (let sent = 0; sent < 4; sent += 1) {
        await clock.advance(20_000)
        peer.send(message)
        await peer.settled()
      }
      expect(server.sessions.size).toBe(1)
      expect(await peer.rest()).toHaveLength(message === '' ? 0 : 4)
    },
  )

  it('pings twice in its time and takes the pong for a sign of life', async () => {
    const { server, url, clock } = await serve()
    const peer = await connect(url)
    let pings = 0
    peer.socket.on('ping', () => ++pings)
    for (let second = 1; second <= 90; second += 1) {
      await clock.advance(1_000)
      if (second % 15 === 0) await peer.settled()
    }
    await until(() => pings === 6)
    expect(server.sessions.size).toBe(1)
  })

  it('pings a thousand sessions spread over its ticks', async () => {
    const { Heartbeat } = await import('../src/session/heartbeat.ts')
    const { FakeClock } = await import('@wsrv/testing')
    const clock = new FakeClock()
    const members = Array.from({ length: 1_000 }, (_, index) => ({ index, lastSeenTick: 0 }))
    const pingsByTick: number[] = []
    const heartbeat = new Heartbeat({
      clock,
      timeoutMs: 30_000,
      members: () => members,
      isBlind: () => false,
      ping: (member) => {
        member.lastSeenTick = heartbeat.tick
        pingsByTick[heartbeat.tick] = (pingsByTick[heartbeat.tick] ?? 0) + 1
      },
      drop: () => expect.unreachable(),
    })
    heartbeat.start()
    heartbeat.start()
    await clock.advance(60_000)
    heartbeat.stop()
    expect(Math.max(...pingsByTick.slice(1))).toBe(17)
    expect(clock.pendingTimers).toBe(0)
  })

  it('drops a thousand who fall silent at once within two seconds, some in each tick', async () => {
    const { Heartbeat } = await import('../src/session/heartbeat.ts')
    const { FakeClock } = await import('@wsrv/testing')
    const clock = new FakeClock()
    const members = new Set(Array.from({ length: 1_000 }, (_, index) => ({ index, lastSeenTick: 0 })))
    const dropsByTick: number[] = []
    const heartbeat = new Heartbeat({
      clock,
      timeoutMs: 30_000,
      members: () => members,
      isBlind: () => false,
      ping: () => undefined,
      drop: (member) => {
        members.delete(member)
        dropsByTick[heartbeat.tick] = (dropsByTick[heartbeat.tick] ?? 0) + 1
      },
    })
    heartbeat.start()
    await clock.advance(30_000)
    expect(members.size).toBe(1_000)
    await clock.advance(2_000)
    heartbeat.stop()
    expect(members.size).toBe(0)
    expect(Math.max(...dropsByTick.filter(Number.isInteger))).toBe(200)
  })

  it('can be switched off, and keeps shorter times', async () => {
    const off = await serve({ heartbeatTimeoutMs: 0 })
    const short = await serve({ heartbeatTimeoutMs: 400 })
    await connect(off.url, SILENT_PEER)
    const peer = await connect(short.url, SILENT_PEER)
    await off.clock.advance(1_000_000)
    expect(off.server.sessions.size).toBe(1)
    await short.clock.advance(500)
    expect((await peer.closed()).code).toBe(4408)
  })
})
