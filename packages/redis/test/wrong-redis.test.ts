import { redisBroker } from '@wsrv/redis'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HAS_REDIS, RedisProcess } from './redis-process.ts'

describe.skipIf(!HAS_REDIS)('a wrong Redis', () => {
  let redis: RedisProcess

  beforeAll(async () => {
    redis = await RedisProcess.start()
  })
  afterAll(() => redis.stop())

  const clientOf = (options: object = {}) =>
    new Redis({ port: redis.port, host: '127.0.0.1', lazyConnect: true, ...options })

  describe('a Redis that will not do is one clear error at start', () => {
    it('when it cannot be reached', async () => {
      const broker = redisBroker(clientOf({ port: 1 }), { commandTimeoutMs: 1_000 })
      await expect(broker).rejects.toThrow(/^Redis cannot be reached: .*ECONNREFUSED/)
    })

    it('when it is a replica', async () => {
      const replica = await RedisProcess.start(['--replicaof', '127.0.0.1', String(redis.port)])
      try {
        await expect(redisBroker(clientOf({ port: replica.port }))).rejects.toThrow(
          'Redis is a slave, expected the master',
        )
      } finally {
        await replica.stop()
      }
    })

    it.each([
      ['publish', ['+@all', '-publish', '&*'], /^Redis refused publish: NOPERM/],
      ['subscribe', ['+@all', '-subscribe', '&*'], /^Redis refused subscribe: NOPERM/],
      ['scripts', ['+@all', '-eval', '&*'], /^Redis refused EVAL and ZCARD: NOPERM/],
      ['its channels', ['+@all', 'resetchannels'], /^Redis refused publish: NOPERM/],
    ])('when it does not permit %s', async (_what, rules, message) => {
      const admin = redis.client()
      await admin.call('acl', 'setuser', 'limited', 'reset', 'on', 'nopass', '~*', ...rules)
      admin.disconnect()
      await expect(redisBroker(clientOf({ username: 'limited', password: 'any' }))).rejects.toThrow(message)
    })

    it('when it wants a password', async () => {
      const locked = await RedisProcess.start([])
      const admin = locked.client()
      await admin.call('config', 'set', 'requirepass', 'secret')
      admin.disconnect()
      try {
        await expect(redisBroker(clientOf({ port: locked.port }))).rejects.toThrow(/NOAUTH/)
      } finally {
        await locked.stop()
      }
    })
  })

  describe('an option out of range is refused by its name', () => {
    it.each([
      [{ leaseMs: 1_000 }, 'leaseMs must be at least three times probeIntervalMs (3000), got 1000'],
      [{ maxQueued: 0 }, 'maxQueued must be a number from 1 to 10000000, got 0'],
      [{ lingerMs: Number.NaN }, 'lingerMs must be a number from 0 to 600000, got NaN'],
      [{ prefix: '{x}' }, 'prefix must be 1 to 64 characters without braces, got "{x}"'],
      [{ prefix: '' }, 'prefix must be 1 to 64 characters without braces, got ""'],
    ])('%j', async (options, message) => {
      await expect(redisBroker(clientOf(), options)).rejects.toThrow(new RangeError(message))
    })

    it('and undefined means the default', async () => {
      const options = { leaseMs: undefined, prefix: undefined, maxQueued: undefined, clock: undefined }
      const broker = await redisBroker(clientOf(), options)
      const server = { report: () => undefined, deliver: () => undefined } as never
      const link = broker.join(server)
      expect(() => broker.join(server)).toThrow('a broker joins one server')
      await link.close()
    })
  })
})
