import { WsrvClient } from '@wsrv/client'
import { type Broker, type BrokerServer, createServer, type Server } from '@wsrv/server'
import { createSeededRandom, FakeClock, LossyTransport, MemoryNetwork, silentLogger } from '@wsrv/testing'
import { afterEach, expect, it } from 'vitest'
import { type Api, contract } from './contract.ts'

interface Stage {
  readonly clock: FakeClock
  readonly client: WsrvClient<Api['pushes']>
  readonly link: LossyTransport
  readonly server: Server<Api>
  /** What a broker reports to. */
  readonly node: BrokerServer
  /** What the client's listeners are called with, in order. */
  readonly told: unknown[]
}

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A server with a broker, and its client, on a link that can be cut. */
async function play(): Promise<Stage> {
  const clock = new FakeClock()
  const network = new MemoryNetwork()
  const link = new LossyTransport(network.clientTransport, { clock, random: createSeededRandom(1) })
  const nodes: BrokerServer[] = []
  const server = createServer<Api>(contract, {
    clock,
    transport: network.serverTransport,
    logger: silentLogger,
    handlers: { once: (c) => c.data, again: (c) => c.data },
    broker: brokerOf(nodes),
  })
  server.attach(network.httpServer)
  const told: unknown[] = []
  const client = new WsrvClient<Api['pushes']>('ws://memory/', { clock, transport: link, random: () => 0.5 })
  client.on('chat', ({ id }) => told.push(id))
  for (const name of ['chat', 'price'] as const) client.onGap(name, (gap) => told.push({ name, ...gap }))
  client.onSession((change) => told.push(change))
  await clock.advance(100)
  expect(client.state).toBe('open')
  closers.push(async () => {
    client.close()
    const closed = server.close({ drainMs: 0 })
    await clock.advance(1_000)
    await closed
    expect(clock.pendingTimers).toBe(0)
  })
  return { clock, client, link, server, told, node: nodes[0] as BrokerServer }
}

/** A broker without other servers. */
function brokerOf(nodes: BrokerServer[]): Broker {
  const nothing = (): undefined => undefined
  return {
    join: (node) => {
      nodes.push(node)
      return {
        node: 'alone',
        publish: nothing,
        follow: nothing,
        unfollow: nothing,
        ask: async () => false,
        enter: nothing,
        leave: nothing,
        count: async () => 0,
        members: async () => [],
        close: async () => {},
      }
    },
  }
}

const chat = (id: number): Api['pushes']['chat'] => ({ sid: '', id })
const counted = (...counts: readonly [string, number][]): ReadonlyMap<string, number> => new Map(counts)

it('pushes that a broker lost are told where they are missing, by name', async () => {
  const { clock, server, node, told } = await play()
  server.broadcast('chat', chat(1))
  node.lost({ pushes: counted(['chat', 2], ['price', 1]) })
  server.broadcast('chat', chat(4))
  await clock.advance(0)
  expect(told).toEqual([1, { name: 'chat', count: 2, why: 'broker' }, { name: 'price', count: 1, why: 'broker' }, 4])
})

it('a loss that cannot be counted is told to the listeners of every push', async () => {
  const { clock, node, told } = await play()
  node.lost({ pushes: new Map() })
  await clock.advance(0)
  expect(told).toEqual([
    { name: 'chat', count: undefined, why: 'broker' },
    { name: 'price', count: undefined, why: 'broker' },
  ])
})

it('a loss of some room, or of some session, is told to its members only', async () => {
  const { clock, server, node, told } = await play()
  const [session] = server.sessions.values()
  const pushes = counted(['chat', 1])
  node.lost({ pushes, target: { kind: 'room', room: 'lobby' } })
  node.lost({ pushes, target: { kind: 'session', sid: 'another' } })
  session?.join('lobby')
  node.lost({ pushes, target: { kind: 'room', room: 'lobby', except: session?.sid } })
  await clock.advance(0)
  expect(told).toEqual([])
  node.lost({ pushes, target: { kind: 'room', room: 'lobby' } })
  await clock.advance(0)
  node.lost({ pushes, target: { kind: 'session', sid: session?.sid ?? '' } })
  await clock.advance(0)
  expect(told).toHaveLength(2)
})

it('a loss that is told while the link breaks, or is broken, is told once, on the next link', async () => {
  const { clock, link, server, node, told } = await play()
  Object.assign(link.rules, { minDelayMs: 50, maxDelayMs: 50 })
  node.lost({ pushes: counted(['chat', 1]) })
  await clock.advance(10)
  link.cut()
  node.lost({ pushes: counted(['chat', 2]) })
  server.broadcast('chat', chat(4))
  Object.assign(link.rules, { minDelayMs: 0, maxDelayMs: 0 })
  await clock.advance(5_000)
  expect(told).toEqual([{ recovered: true }, { name: 'chat', count: 3, why: 'broker' }, 4])
  // Both ends still count the same.
  await clock.advance(60_000)
  link.cut()
  await clock.advance(5_000)
  expect(told.slice(3)).toEqual([{ recovered: true }])
})
