import { redisBroker } from '@wsrv/redis'
import type { Broker } from '@wsrv/server'
import { describeBroker } from '@wsrv/testing'
import { Cluster } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { HAS_REDIS, startCluster } from './redis-process.ts'

describe.skipIf(!HAS_REDIS)('over a cluster of Redis', () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>
  let apis = 0

  beforeAll(async () => {
    cluster = await startCluster()
  }, 60_000)
  afterAll(() => cluster.stop())

  describeBroker('three Redis masters as a cluster', {
    start: () => {
      const prefix = `api-${++apis}`
      return async (): Promise<Broker> => {
        const nodes = cluster.ports.map((port) => ({ host: '127.0.0.1', port }))
        const client = new Cluster(nodes, { lazyConnect: true })
        return redisBroker(client, { prefix })
      }
    },
  })
})
