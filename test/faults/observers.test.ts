import { once } from 'node:events'
import type { Logger, Observer } from '@wsrv/server'
import { silentLogger } from '@wsrv/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { reply } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { send, serveFaulty } from './fault-server.ts'

const cause = new Error('the cause')
const fail = (): never => {
  throw cause
}
const rejects = async (): Promise<void> => fail()

/** One that answers every event in the same way, events to come included. */
function observerOf(react: () => unknown): Required<Observer> {
  return new Proxy({} as Required<Observer>, { get: () => react, has: () => true })
}

const loggerOf = (react: () => unknown): Logger => ({ debug: react, info: react, warn: react, error: react })

describe('an observer and a logger that fail at everything', () => {
  it.each([
    ['an observer that throws', { observer: observerOf(fail), logger: silentLogger }],
    ['an observer that rejects', { observer: observerOf(rejects), logger: silentLogger }],
    ['a logger that throws', { logger: loggerOf(fail), observer: {} }],
    ['a logger that rejects', { logger: loggerOf(rejects), observer: {} }],
    ['both that throw', { observer: observerOf(fail), logger: loggerOf(fail) }],
    ['both that reject', { observer: observerOf(rejects), logger: loggerOf(rejects) }],
  ])('%s: every request is answered, every connection ends as it should', async (_which, options) => {
    const rejections = watchRejections()
    const limits = { maxConnections: 2, maxInFlight: 1, maxRooms: 0 }
    const { server, connect, clock } = await serveFaulty({ ...options, limits, handlerTimeoutMs: 1_000 }, (fresh) =>
      fresh.group((c, next) => (c.seqno === 'slow' ? once(c.signal, 'abort') : next())).handle('work', fail),
    )
    const ends: unknown[] = []
    server.onDisconnect((_session, { code }) => ends.push(code))
    const [peer, other] = [await connect(), await connect()]
    send(peer, 'work', 'a')
    expect(await peer.next()).toContain('"status":500')
    peer.send(frame(0x81, 'garbage'))
    expect(await peer.next()).toContain('"status":400')
    server.broadcast('news', {})
    expect(await peer.next()).toContain('"cmd":"news"')
    send(peer, 'work', 'slow')
    send(peer, 'echo', 'one too many')
    expect(await peer.next()).toContain('"status":429')
    await expect(connect()).rejects.toThrow('503')
    await clock.advance(1_000)
    expect(await peer.next()).toContain('"seqno":"slow","status":408')
    send(peer, 'echo', 'b')
    expect(await peer.next()).toBe(reply('echo', 'b'))
    for (const session of server.sessions.values()) session.close(4001, 'bye')
    expect(await peer.next()).toBe('close 4001 "bye"')
    other.destroy()
    expect(ends).toEqual([4001, 4001])
    await new Promise((resolve) => setImmediate(resolve))
    expect(rejections).toEqual([])
  })

  it('an observer that rejects is reported as one that throws', async () => {
    const logged: unknown[] = []
    const { connect } = await serveFaulty({
      observer: { requestEnded: rejects },
      logger: { ...silentLogger, error: (facts) => logged.push(facts) },
    })
    const peer = await connect()
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe(reply('echo', 'a'))
    expect(logged).toEqual([{ kind: 'observer_threw', method: 'requestEnded', err: cause }])
  })
})

/** What nobody caught: vitest fails on it too, but not always in the test whose fault it is. */
function watchRejections(): unknown[] {
  const rejections: unknown[] = []
  const note = (reason: unknown): void => void rejections.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  return rejections
}
