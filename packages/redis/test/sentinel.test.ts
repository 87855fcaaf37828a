import { redisBroker } from '@wsrv/redis'
import type { Broker } from '@wsrv/server'
import { describeBroker } from '@wsrv/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { HAS_REDIS, startSentinel } from './redis-process.ts'

describe.skipIf(!HAS_REDIS)('over Sentinel and Redis', () => {
  let sentinel: Awaited<ReturnType<typeof startSentinel>>
  let apis = 0

  beforeAll(async () => {
    sentinel = await startSentinel()
  }, 60_000)
  afterAll(() => sentinel.stop())

  describeBroker('the master that Sentinels name', {
    start: () => {
      const prefix = `api-${++apis}`
      return async (): Promise<Broker> => {
        const client = new Redis({ sentinels: sentinel.sentinels, name: 'main', lazyConnect: true })
        return redisBroker(client, { prefix })
      }
    },
  })
})
