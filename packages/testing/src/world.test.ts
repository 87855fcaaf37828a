import { WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { createServer } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { World } from './world.ts'

const contract: Contract = {
  commands: [{ cmd: 'add', request: {}, response: {}, errors: {}, idempotent: true }],
  pushes: [],
  types: {},
}

interface Api {
  commands: Record<'add', { request: unknown; response: unknown; errors: object }>
  pushes: object
  session: { count: number }
}

/** A server that counts the calls of each session. */
function createWorld() {
  return new World({
    server: (options) => {
      const server = createServer<Api>(contract, options)
      server.handle('add', (c) => {
        c.set('count', (c.get('count') ?? 0) + 1)
        return { count: c.get('count') }
      })
      return server
    },
    client: (url, options) => new WsrvClient(url, { ...options, onProblem: () => undefined }),
  })
}

async function add(world: ReturnType<typeof createWorld>, client: WsrvClient): Promise<unknown> {
  const call = client.call({ cmd: 'add' }, {})
  await world.settle()
  return call
}

describe('a world', () => {
  it('has real clients and a real server, and no time passes', async () => {
    const world = createWorld()
    const [one, other] = [world.connect(), world.connect()]
    expect(await add(world, one)).toEqual({ count: 1 })
    expect(await add(world, one)).toEqual({ count: 2 })
    expect(await add(world, other)).toEqual({ count: 1 })
    expect([world.server.sessions.size, world.clock.now()]).toEqual([2, 0])
    await world.close()
  })

  it('restarts its server: clients come back in time, to sessions that begin', async () => {
    const world = createWorld()
    const client = world.connect()
    await add(world, client)
    const { server } = world
    await world.restart()
    expect(world.server).not.toBe(server)
    expect(world.server.sessions.size).toBe(0)
    await world.advance(10_000)
    expect([client.state, world.server.sessions.size]).toEqual(['open', 1])
    expect(await add(world, client)).toEqual({ count: 1 })
    await world.close()
  })

  it('says at its end what is left', async () => {
    const world = createWorld()
    world.clock.setTimeout(() => undefined, 1_000)
    await expect(world.close()).rejects.toThrow('1 timers')
  })
})
