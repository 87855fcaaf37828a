import { redisBroker } from '@wsrv/redis'
import { describeBroker } from '@wsrv/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { HAS_REDIS, RedisProcess } from './redis-process.ts'

describe.skipIf(!HAS_REDIS)('over one Redis', () => {
  let redis: RedisProcess
  let apis = 0

  beforeAll(async () => {
    redis = await RedisProcess.start()
  })
  afterAll(() => redis.stop())

  describeBroker('one Redis', {
    start: () => {
      const prefix = `api-${++apis}`
      // The client only says where Redis is, and is never connected.
      return () => redisBroker(new Redis({ port: redis.port, host: '127.0.0.1', lazyConnect: true }), { prefix })
    },
  })
})
