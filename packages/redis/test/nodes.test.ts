import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { redisBroker } from '@wsrv/redis'
import { BrokerWorld, until } from '@wsrv/testing'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HAS_REDIS, RedisProcess } from './redis-process.ts'

describe.skipIf(!HAS_REDIS)('servers of one Redis', () => {
  /** Short enough to be waited for; the defaults are some twenty times as long. */
  const FAST = { probeIntervalMs: 250, leaseMs: 1_000, commandTimeoutMs: 1_000 }
  const TSX = createRequire(import.meta.url).resolve('tsx')

  let redis: RedisProcess
  let world: BrokerWorld
  let other: ChildProcess

  /** A server here, and one in another process whose member's sid is returned. */
  async function twoProcesses() {
    const here = await world.add()
    const near = await here.connect()
    await near.session.join('room')
    const file = new URL('./node-process.ts', import.meta.url).pathname
    other = spawn(process.execPath, ['--import', TSX, file, String(redis.port), JSON.stringify(FAST)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [sid] = await once(other.stdout as NodeJS.ReadableStream, 'data')
    await until(async () => (await here.server.to('room').count()) === 2)
    return { here, near, sid: String(sid).trim() }
  }

  beforeEach(async () => {
    redis = await RedisProcess.start()
    world = new BrokerWorld(() =>
      redisBroker(new Redis({ port: redis.port, host: '127.0.0.1', lazyConnect: true }), FAST),
    )
  })

  afterEach(async () => {
    other.kill('SIGKILL')
    await world.close()
    await redis.stop()
  })

  describe('a killed server', () => {
    it('is forgotten within its lease, with its members, and one server acts on each', async () => {
      const { here, near, sid } = await twoProcesses()
      other.kill('SIGKILL')
      await until(async () => (await here.server.to('room').count()) === 1)
      await until(() => here.changes.some((change) => change.sid === sid && change.kind === 'left'))
      expect(here.changes.filter((change) => change.sid === sid && change.kind === 'left')).toMatchObject([
        { isOurs: true },
      ])
      expect(here.events.filter(({ kind }) => kind === 'node_lost')).toMatchObject([{ members: 1 }])
      expect(near.closed).toBeUndefined()
      await expect(here.server.session(sid).exists()).resolves.toBe(false)
    })
  })

  describe('a stopped server', () => {
    it('is forgotten, and its members are there again when it wakes', async () => {
      const { here, sid } = await twoProcesses()
      other.kill('SIGSTOP')
      await until(async () => (await here.server.to('room').count()) === 1)
      await until(() => here.events.some(({ kind }) => kind === 'node_lost'))
      other.kill('SIGCONT')
      await until(async () => (await here.server.to('room').count()) === 2)
      await until(() => here.changes.filter((change) => change.sid === sid && change.kind === 'entered').length >= 2)
      await until(async () => here.server.session(sid).exists())
    })
  })
})
