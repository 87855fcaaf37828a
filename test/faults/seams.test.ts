import { type Broker, type BrokerLink, type BrokerServer, createLocalBroker, type Failure } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { reply } from '../support/echo-server.ts'
import { send, serveFaulty } from './fault-server.ts'

const cause = new Error('the cause')
const fail = (): never => {
  throw cause
}

/** A broker of one process whose links have methods of the test's. */
function faultyBroker(methods: Partial<Record<keyof BrokerLink, unknown>>): Broker {
  const local = createLocalBroker()
  return { join: (server) => Object.assign(local.join(server), methods) }
}

describe('a broker that fails', () => {
  it.each([
    ['throws', fail],
    ['rejects', () => Promise.reject(cause)],
  ])('and %s is reported; who pushed goes on, and so does everybody else', async (_how, publish) => {
    const { server, failures, connect } = await serveFaulty({ broker: faultyBroker({ publish }) }, (fresh) =>
      fresh.handle('work', (c) => {
        c.server.broadcast('news', {})
        c.server.to('room').push('news', {})
        return 'done'
      }),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toContain('"cmd":"news"')
    expect(await peer.next()).toBe(reply('work', 'a', 'done'))
    server.push('nobody', 'news', {})
    send(peer, 'echo', 'b')
    expect(await peer.next()).toBe(reply('echo', 'b'))
    expect(failures).toEqual(Array.from({ length: 3 }, () => ({ kind: 'broker_failed', error: cause })))
  })

  it('by a delivery that no server could send is reported; the broker goes on', async () => {
    let joined: BrokerServer | undefined
    const { server, failures, connect } = await serveFaulty({
      broker: {
        join: (one) => {
          joined = one
          return createLocalBroker().join(one)
        },
      },
    })
    const peer = await connect()
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe(reply('echo', 'a'))
    joined?.deliver({ target: { kind: 'everyone' }, cmd: 'news', seqno: 'x', payload: 1n, isBinary: false } as never)
    joined?.deliver(undefined as never)
    expect(failures).toMatchObject([{ kind: 'broker_failed' }, { kind: 'broker_failed' }])
    expect(server.sessions.size).toBe(1)
  })

  it.each([
    ['throws', fail],
    ['rejects', () => Promise.reject(cause)],
  ])('at the farewell, and %s, is reported; the server closes', async (_how, close) => {
    const { server, failures } = await serveFaulty({
      broker: faultyBroker({ close }),
    })
    await server.close()
    await Promise.resolve()
    expect(failures).toEqual([{ kind: 'broker_failed', error: cause }])
  })

  it('does not touch a push to a session of this server, which needs no broker', async () => {
    const { failures, connect } = await serveFaulty({ broker: faultyBroker({ publish: fail }) }, (server) =>
      server.handle('work', (c) => c.push('news', { own: true })),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    expect(await peer.next()).toContain('"cmd":"news"')
    expect(await peer.next()).toBe(reply('work', 'a', true))
    expect(failures).toEqual([])
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
