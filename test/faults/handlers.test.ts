import { systemClock } from '@wsrv/protocol'
import type { Server } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { type EchoApi, reply } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { heldBytes } from '../support/memory.ts'
import type { TcpPeer } from '../support/tcp-peer.ts'
import { failure, send, serveFaulty } from './fault-server.ts'

const HEARTBEAT_FRAME = frame(0x81)
const cause = new Error('the cause')

describe('a handler that fails is answered with 500, its cause is reported, and the connection goes on', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle

  it.each<[string, string, unknown, (server: Server<EchoApi>) => unknown]>([
    ['throws', 'handler_threw', cause, (server) => server.handle('work', thrower(cause))],
    ['throws nothing', 'handler_threw', undefined, (server) => server.handle('work', thrower(undefined))],
    ['rejects', 'handler_threw', cause, (server) => server.handle('work', () => Promise.reject(cause))],
    [
      'has middleware that throws',
      'handler_threw',
      cause,
      (server) => server.group(thrower(cause)).handle('work', () => 1),
    ],
    ['returns a cycle', 'bad_response', expect.any(TypeError), (server) => server.handle('work', () => cycle)],
    ['returns a bigint', 'bad_response', expect.any(TypeError), (server) => server.handle('work', () => 1n)],
    [
      'returns what throws when written',
      'bad_response',
      cause,
      (server) => server.handle('work', () => ({ toJSON: thrower(cause) })),
    ],
    [
      'recurses for ever',
      'handler_threw',
      expect.any(RangeError),
      (server) =>
        server.handle('work', function recurse(c): unknown {
          return [recurse(c)]
        }),
    ],
  ])('one that %s', async (_what, kind, error, prepare) => {
    const { failures, connect } = await serveFaulty({}, prepare)
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toBe(failure('a', 500, 'internal error'))
    expect(failures).toEqual([{ kind, error, cmd: 'work', seqno: 'a', sid: expect.any(String) }])
    await echoes(peer)
  })
})

describe('a handler that never settles', () => {
  it('is answered with 408 after its time, its signal fires, and the connection goes on', async () => {
    const aborts: unknown[] = []
    const { clock, connect } = await serveFaulty({ handlerTimeoutMs: 1_000 }, (server) =>
      server.handle('work', (c) => {
        c.signal.addEventListener('abort', () => aborts.push(c.signal.reason.code))
        return new Promise(() => undefined)
      }),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    await echoes(peer)
    await clock.advance(1_000)
    expect(await peer.next()).toBe(failure('a', 408, 'timeout'))
    expect(aborts).toEqual(['timeout'])
    await echoes(peer)
  })

  it('and a thousand of its like leave no timer and nothing in flight when their connection ends', async () => {
    const { server, clock, connect } = await serveFaulty({}, (fresh) =>
      fresh.handle('work', () => new Promise(() => undefined)),
    )
    const peer = await connect()
    for (let call = 0; call < 1_000; call += 1) send(peer, 'work', `w${call}`)
    send(peer, 'echo', 'one too many')
    expect(await peer.next()).toContain('"status":429')
    const gone = new Promise((resolve) => server.onDisconnect(resolve))
    peer.destroy()
    await gone
    expect(clock.pendingTimers).toBe(0)
    await server.close()
  })
})

describe('a handler that blocks the loop for longer than the heartbeat’s limit', () => {
  it('drops no client that showed life meanwhile; one that stays silent is dropped after', async () => {
    // Real time: that a blocked process has none is the point.
    const { server, connect } = await serveFaulty({ clock: systemClock, heartbeatTimeoutMs: 400 }, (fresh) =>
      fresh.handle('work', () => {
        const end = performance.now() + 500
        while (performance.now() < end);
        return {}
      }),
    )
    const ends: number[] = []
    server.onDisconnect((_session, { code }) => ends.push(code))
    const [lively, blocking, silent] = [await connect(), await connect(), await connect()]
    const beats = setInterval(() => [lively, blocking].map((peer) => peer.send(HEARTBEAT_FRAME)), 50)
    send(blocking, 'work', 'a')
    send(lively, 'echo', 'during')
    expect(await blocking.next()).toMatch(/^(text|ping)/)
    await silent.ended()
    clearInterval(beats)
    expect(ends).toEqual([4408])
    expect(server.sessions.size).toBe(2)
    await echoes(lively)
  })
})

describe('a handler that takes much memory', () => {
  const CHUNK_BYTES = 32 * 2 ** 20

  it('and returns, a gigabyte of it, gives it all back', async () => {
    const { connect } = await serveFaulty({}, (server) =>
      server.handle('work', () => {
        const chunks = Array.from({ length: 32 }, (_, byte) => Buffer.alloc(CHUNK_BYTES, byte))
        return chunks.map((chunk) => chunk.length)
      }),
    )
    const peer = await connect()
    await echoes(peer)
    const before = await heldBytes()
    send(peer, 'work', 'a')
    expect(await peer.next()).toContain('"status":0')
    expect((await heldBytes()) - before).toBeLessThan(2 ** 20)
  })

  it('more than there is, is answered with 500', async () => {
    const { failures, connect } = await serveFaulty({}, (server) =>
      server.handle('work', () => Buffer.allocUnsafe(Number.MAX_SAFE_INTEGER)),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toBe(failure('a', 500, 'internal error'))
    expect(failures).toMatchObject([{ kind: 'handler_threw', error: { name: 'RangeError' } }])
    await echoes(peer)
  })

  it('for its answer reaches a peer that reads, up to maxBufferedBytes', async () => {
    const text = 'x'.repeat(4 * 2 ** 20)
    const { connect } = await serveFaulty({}, (server) => server.handle('work', () => text))
    const peer = await connect()
    send(peer, 'work', 'a')
    expect((await peer.next()).length).toBeGreaterThan(text.length)
    await echoes(peer)
  })
})

function thrower(error: unknown): () => never {
  return () => {
    throw error
  }
}

/** The connection goes on; what else comes, pings and late answers, is passed over. */
async function echoes(peer: TcpPeer): Promise<void> {
  send(peer, 'echo', 'alive')
  let said = await peer.next()
  while (said !== reply('echo', 'alive') && said !== 'end') said = await peer.next()
  expect(said).not.toBe('end')
}
