import type { Broker } from '@wsrv/server'
import type { Cluster, Redis } from 'ioredis'
import { checkRedis } from './check-redis.ts'
import { clusterPort, standalonePort } from './ioredis-port.ts'
import { RedisLink } from './redis-link.ts'
import type { RedisPort } from './redis-port.ts'
import { type RedisBrokerOptions, resolveSettings, type Settings } from './settings.ts'

/**
 * Joins servers over Redis 7 or later, or Valkey: pushes to rooms, to sessions and to everyone reach them wherever they are.
 *
 * @param client says where Redis is and how to sign in: standalone, Sentinel or cluster. The broker opens connections of its
 *   own like it, and neither uses nor closes the client itself.
 * @returns a broker for one server, connected; rejects when Redis cannot be reached, is older than 7.0, is a replica, or does not permit what the
 *   broker needs.
 * @throws RangeError when an option is out of range.
 */
export async function redisBroker(client: Redis | Cluster, options: RedisBrokerOptions = {}): Promise<Broker> {
  const settings = resolveSettings(options)
  const port = portOf(client, settings)
  await checkRedis(port, settings.prefix)
  const link = new RedisLink(port, settings)
  await link.open()
  return { join: (server) => link.attach(server) }
}

function portOf(client: Redis | Cluster, { commandTimeoutMs }: Settings): RedisPort {
  const links = { connectTimeoutMs: commandTimeoutMs, commandTimeoutMs }
  if (!isCluster(client)) return standalonePort(client, links)
  return clusterPort(client, links)
}

function isCluster(client: Redis | Cluster): client is Cluster {
  return client.isCluster
}
