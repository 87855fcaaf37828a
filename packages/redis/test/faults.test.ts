import { redisBroker } from '@wsrv/redis'
import type { BrokerEvent } from '@wsrv/server'
import { BrokerWorld, until } from '@wsrv/testing'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Blackhole } from './blackhole.ts'
import { HAS_REDIS, RedisProcess } from './redis-process.ts'

describe.skipIf(!HAS_REDIS)('faults of Redis', () => {
  /** Short enough to be waited for; the defaults are some twenty times as long. */
  const FAST = { probeIntervalMs: 250, leaseMs: 1_000, commandTimeoutMs: 1_000, maxDelayMs: 1_000 }

  let redis: RedisProcess
  let world: BrokerWorld
  let options: { maxQueued?: number } = {}
  let port = (): number => redis.port

  beforeEach(async () => {
    redis = await RedisProcess.start()
    port = () => redis.port
    options = {}
    world = new BrokerWorld(() => {
      const client = new Redis({ port: port(), host: '127.0.0.1', lazyConnect: true })
      return redisBroker(client, { ...FAST, ...options })
    })
  })

  afterEach(async () => {
    await world.close()
    await redis.stop()
  })

  const kinds = (events: readonly BrokerEvent[], kind: BrokerEvent['kind']) =>
    events.filter((event) => event.kind === kind)

  const droppedBy = (events: readonly BrokerEvent[]) =>
    events.reduce((sum, event) => sum + (event.kind === 'dropped' ? event.deliveries : 0), 0)

  /** Pushes that sessions were told they had missed. */
  const told = (events: readonly BrokerEvent[]) =>
    events.reduce((sum, event) => sum + (event.kind === 'lost' ? event.pushes : 0), 0)

  /** Two servers, and a member of `room` at each. */
  async function twoMembers() {
    const [one, other] = [await world.add(), await world.add()]
    const [near, far] = [await one.connect(), await other.connect()]
    for (const { session } of [near, far]) await session.join('room')
    return { one, other, near, far }
  }

  describe('when Redis is killed and comes back empty', () => {
    it('connections stay, local members are served, nothing throws, and the outage is reported once', async () => {
      const { one, near, far } = await twoMembers()
      await redis.kill()
      for (let n = 0; n < 50; n++) {
        one.server.to('room').push('note', { n })
        if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await until(() => near.notes.length === 50)
      await until(() => kinds(one.events, 'away').length === 1)
      await redis.start()
      await until(() => kinds(one.events, 'back').length === 1)
      expect(kinds(one.events, 'away')).toHaveLength(1)
      expect([near.closed, far.closed]).toEqual([undefined, undefined])
    })

    it('each push of the time between arrives elsewhere or is told', async () => {
      const { one, other, far } = await twoMembers()
      await redis.kill()
      for (let n = 0; n < 20; n++) one.server.to('room').push('note', { n })
      await redis.start()
      await until(() => kinds(one.events, 'back').length === 1 && kinds(other.events, 'back').length === 1)
      one.server.to('room').push('note', { n: 99 })
      await until(() => far.notes.includes(99))
      expect(kinds(other.events, 'lost').length).toBeGreaterThan(0)
    })

    it('members are counted again, those that came and went meanwhile among them', async () => {
      const { one, other, near } = await twoMembers()
      const late = await one.connect()
      await redis.kill()
      await until(() => kinds(one.events, 'away').length === 1 && kinds(other.events, 'away').length === 1)
      near.session.leave('room')
      await late.session.join('room')
      await redis.start()
      await until(() => kinds(one.events, 'back').length === 1 && kinds(other.events, 'back').length === 1)
      await until(async () => (await other.server.to('room').count()) === 2)
      const sids = (await other.server.to('room').members()).map(({ sid }) => sid)
      expect(sids).toContain(late.sid)
    })

    it('what cannot wait is dropped and counted', async () => {
      options = { maxQueued: 10 }
      const { one, other } = await twoMembers()
      await redis.kill()
      await until(() => kinds(one.events, 'away').length === 1)
      for (let n = 0; n < 100; n++) one.server.to('room').push('note', { n })
      expect(droppedBy(one.events)).toBeGreaterThanOrEqual(90)
      await redis.start()
      await until(() => kinds(other.events, 'lost').length > 0)
    })

    it('questions are refused with an error, and answered again later', async () => {
      const { one, far } = await twoMembers()
      await redis.kill()
      await until(() => kinds(one.events, 'away').length === 1)
      await expect(one.server.session(far.sid).exists()).rejects.toThrow('the question could not be sent')
      // Away, or not answering yet: between two attempts to come back it may look like either.
      await expect(one.server.to('room').count()).rejects.toThrow(/Redis (is away|did not answer)/)
      await redis.start()
      await until(() => kinds(one.events, 'back').length === 1)
      await until(async () => one.server.session(far.sid).exists())
    })
  })

  describe('when one server alone loses Redis', () => {
    it('the others are told of what it dropped, by name and number', async () => {
      options = { maxQueued: 10 }
      const other = await world.add()
      const far = await other.connect()
      await far.session.join('room')
      const hole = await Blackhole.start(redis.port)
      port = () => hole.port
      const one = await world.add()
      try {
        hole.swallow()
        // What is on its way is not answered; what waits behind it falls out.
        one.server.to('room').push('note', { n: 0 })
        await until(() => kinds(one.events, 'away').length === 1)
        for (let n = 1; n <= 100; n++) one.server.to('room').push('note', { n })
        await until(() => kinds(one.events, 'back').length === 1)
        await until(() => told(other.events) + far.notes.length === 101)
        expect(far.notes.at(-1)).toBe(100)
        expect(told(other.events)).toBeGreaterThan(0)
      } finally {
        await world.close()
        await hole.stop()
      }
    })
  })

  describe('when the subscribers are cut off', () => {
    it('by CLIENT KILL they subscribe again, and their sessions are told', async () => {
      const { one, other, far } = await twoMembers()
      const client = redis.client()
      await client.call('client', 'kill', 'type', 'pubsub')
      client.disconnect()
      await until(() => kinds(other.events, 'resubscribed').length === 1 && kinds(other.events, 'lost').length === 1)
      one.server.to('room').push('note', { n: 1 })
      await until(() => far.notes.includes(1))
    })

    it('by a router that forgot the connection, the deaf server notices and hears again', async () => {
      const hole = await Blackhole.start(redis.port)
      try {
        const one = await world.add()
        port = () => hole.port
        const other = await world.add()
        const far = await other.connect()
        await far.session.join('room')
        hole.swallow()
        one.server.to('room').push('note', { n: 1 })
        await until(() => kinds(other.events, 'resubscribed').length > 0)
        one.server.to('room').push('note', { n: 2 })
        await until(() => far.notes.includes(2))
        expect(far.notes.includes(1) || kinds(other.events, 'lost').length > 0).toBe(true)
        expect(far.closed).toBeUndefined()
      } finally {
        await world.close()
        await hole.stop()
      }
    })

    it('by CLIENT PAUSE, what was pushed meanwhile arrives or is told', async () => {
      const { one, other, far } = await twoMembers()
      const client = redis.client()
      await client.call('client', 'pause', '600', 'all')
      for (let n = 0; n < 10; n++) one.server.to('room').push('note', { n })
      await until(() => far.notes.length === 10 || kinds(other.events, 'lost').length > 0)
      client.disconnect()
    })
  })

  describe('what is no message of a server', () => {
    it('is dropped and reported, and the next push arrives', async () => {
      const { one, other, far } = await twoMembers()
      const client = redis.client()
      const hostile = [
        '',
        'garbage',
        'w',
        Buffer.from([0x77, 9, 0]),
        Buffer.from([0x77, 1, 255]),
        Buffer.concat([Buffer.from([0x77, 1, 1, 0x61, 0, 0, 0, 0, 0, 1, 1]), Buffer.from([0xff, 0xff, 0xff, 0xff])]),
        Buffer.concat([Buffer.from([0x77, 1, 1, 0x61, 0, 0, 0, 0, 0, 2, 4, 0, 0, 0, 2]), Buffer.from('[]')]),
        Buffer.concat([Buffer.from([0x77, 1, 1, 0x61, 0, 0, 0, 0, 0, 3, 6, 0, 0, 0, 2]), Buffer.from('{}')]),
      ]
      for (const message of hostile) await client.publish('wsrv:r:room', message)
      client.disconnect()
      one.server.to('room').push('note', { n: 1 })
      await until(() => far.notes.includes(1))
      expect(kinds(other.events, 'rejected')).toHaveLength(hostile.length - 1)
      expect(far.messages).toHaveLength(1)
    })

    it('is a message of another API with another prefix, which is not received at all', async () => {
      const { far } = await twoMembers()
      const client = new Redis({ port: redis.port, host: '127.0.0.1', lazyConnect: true })
      const stranger = new BrokerWorld(() => redisBroker(client, { ...FAST, prefix: 'other' }))
      try {
        const node = await stranger.add()
        const peer = await node.connect()
        await peer.session.join('room')
        node.server.to('room').push('note', { n: 7 })
        node.server.broadcast('note', { n: 8 })
        await until(() => peer.notes.length === 2)
        expect(await node.server.to('room').count()).toBe(1)
        expect(far.notes).toEqual([])
      } finally {
        await stranger.close()
      }
    })
  })
})
