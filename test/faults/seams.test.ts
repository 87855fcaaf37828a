import { createLocalBroker, type Failure, type Logger, type Observer } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { reply, SILENT } from '../rfc6455/echo-server.ts'
import { send, serveFaulty } from './fault-server.ts'

const cause = new Error('the cause')
const fail = (): never => {
  throw cause
}

describe('a broker that fails', () => {
  it.each([
    ['throws', fail],
    ['rejects', () => Promise.reject(cause)],
  ])('and %s is reported; who pushed goes on, and so does everybody else', async (_how, publish) => {
    const { server, failures, connect } = await serveFaulty({ broker: { ...createLocalBroker(), publish } }, (fresh) =>
      fresh.handle('work', (c) => {
        c.server.broadcast('news', {})
        c.server.to('room').push('news', {})
        return 'done'
      }),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toBe(reply('work', 'a', 'done'))
    server.push('nobody', 'news', {})
    send(peer, 'echo', 'b')
    expect(await peer.next()).toBe(reply('echo', 'b'))
    expect(failures).toEqual(Array.from({ length: 3 }, () => ({ kind: 'broker_failed', error: cause })))
  })

  it('does not touch a push to a session of this server, which needs no broker', async () => {
    const { failures, connect } = await serveFaulty({ broker: { ...createLocalBroker(), publish: fail } }, (server) =>
      server.handle('work', (c) => c.push('news', { own: true })),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toContain('"cmd":"news"')
    expect(await peer.next()).toBe(reply('work', 'a', true))
    expect(failures).toEqual([])
  })
})

describe('an observer and a logger that throw at everything', () => {
  const observer: Required<Observer> = new Proxy({} as Required<Observer>, { get: () => fail, has: () => true })
  const logger: Logger = { debug: fail, info: fail, warn: fail, error: fail }

  it.each([
    ['an observer', { observer, logger: SILENT }],
    ['a logger', { logger, observer: {} }],
    ['both', { observer, logger }],
  ])('%s: every request is answered, every connection ends as it should', async (_which, options) => {
    const { server, connect } = await serveFaulty(options, (fresh) => fresh.handle('work', fail))
    const ends: unknown[] = []
    server.onDisconnect((_session, { code }) => ends.push(code))
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toContain('"status":500')
    send(peer, 'echo', 'b')
    expect(await peer.next()).toBe(reply('echo', 'b'))
    for (const session of server.sessions.values()) session.close(4001, 'bye')
    expect(await peer.next()).toBe('close 4001 "bye"')
    expect(ends).toEqual([4001])
  })
})

describe('a listener that fails', () => {
  it.each([
    ['throws', fail],
    ['rejects', () => Promise.reject(cause)],
  ])('and %s is reported; the session lives and the other listeners are told', async (_how, listener) => {
    const told: string[] = []
    const { server, failures, connect } = await serveFaulty({}, (fresh) => {
      fresh.onConnect(listener)
      fresh.onConnect(() => told.push('connect'))
      fresh.onDisconnect(listener)
      fresh.onDisconnect(() => told.push('disconnect'))
    })
    const peer = await connect()
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe(reply('echo', 'a'))
    for (const session of server.sessions.values()) session.close()
    await peer.next()
    expect(told).toEqual(['connect', 'disconnect'])
    const failure: Failure = { kind: 'listener_threw', error: cause }
    expect(failures).toEqual([failure, failure])
  })
})
