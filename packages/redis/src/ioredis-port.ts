import type { Cluster, Redis, RedisOptions } from 'ioredis'
import type { CommandLink, RedisCommand, RedisPort, SubscriptionEvents, SubscriptionLink } from './redis-port.ts'

/** How links are opened. */
export interface LinkSettings {
  /** Time to connect, in ms. */
  readonly connectTimeoutMs: number
  /** Time Redis has to answer a command, in ms. */
  readonly commandTimeoutMs: number
}

/**
 * What ioredis does by itself and must not here: commands are not kept while Redis is away (the broker's queue is bounded),
 * none is sent a second time (a push would arrive twice), channels are subscribed by the broker, which must know when, and
 * keys and channels are the broker's own.
 */
function linkOptions({ connectTimeoutMs, commandTimeoutMs }: LinkSettings): RedisOptions {
  return {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    enableAutoPipelining: false,
    enableReadyCheck: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    reconnectOnError: null,
    socketTimeout: undefined,
    keyPrefix: '',
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
  }
}

/** One Redis server, or the master that Sentinels name. */
export function standalonePort(client: Redis, settings: LinkSettings): RedisPort {
  return {
    partitions: 1,
    async openCommands(ended) {
      const redis = client.duplicate(linkOptions(settings))
      await connect(redis, ended)
      return { ...commandsOf(redis), publish: (channel, message) => redis.publish(channel, message) }
    },
    async openSubscriptions({ received, ended }) {
      const redis = client.duplicate(linkOptions(settings))
      redis.on('messageBuffer', (channel: Buffer, message: Buffer) => received(channel.toString(), message))
      await connect(redis, ended)
      return {
        subscribe: async (_partition, channels) => void (await redis.subscribe(...channels)),
        unsubscribe: async (_partition, channels) => void (await redis.unsubscribe(...channels)),
        close: () => redis.disconnect(),
      }
    },
  }
}

/** Every link has one end, and none ends the process: an ioredis client without an `error` listener would. */
async function connect(redis: Redis | Cluster, ended: (error: Error) => void): Promise<void> {
  let last: Error | undefined
  redis.on('error', (error: Error) => {
    last = error
  })
  redis.once('end', () => ended(last ?? new Error('Redis closed the connection')))
  try {
    await redis.connect()
  } catch (error) {
    redis.disconnect()
    throw last ?? error
  }
}

function commandsOf(redis: Redis | Cluster): Pick<CommandLink, 'run' | 'info' | 'close'> {
  return {
    run: ([name, ...args]: RedisCommand) => redis.call(name, ...args),
    info: () => redis.info(),
    close: () => redis.disconnect(),
  }
}

/** Parts of a cluster: enough that each of some dozen masters carries some, few enough to probe each. */
const CLUSTER_PARTITIONS = 64

/** A Redis Cluster: sharded channels, so that a push goes to the master of its channel only. */
export function clusterPort(client: Cluster, settings: LinkSettings): RedisPort {
  const { replyMapping: _mapping, ...own } = client.options.redisOptions ?? {}
  const open = () =>
    client.duplicate([], {
      ...client.options,
      lazyConnect: true,
      enableOfflineQueue: false,
      enableAutoPipelining: false,
      keyPrefix: '',
      clusterRetryStrategy: () => null,
      redisOptions: {
        ...own,
        autoResendUnfulfilledCommands: false,
        maxRetriesPerRequest: 0,
        reconnectOnError: null,
        connectTimeout: settings.connectTimeoutMs,
        commandTimeout: settings.commandTimeoutMs,
      },
    })
  return {
    partitions: CLUSTER_PARTITIONS,
    async openCommands(ended) {
      const cluster = open()
      await connect(cluster, ended)
      // The first commands to a master whose connection is still being made would overtake one another.
      await Promise.all(cluster.nodes('master').map((master) => master.ping()))
      const publish = async (channel: string, message: Buffer) => Number(await cluster.spublish(channel, message))
      return { ...commandsOf(cluster), publish }
    },
    async openSubscriptions(events) {
      const cluster = open()
      await connect(cluster, () => undefined)
      try {
        return await subscribeMasters(cluster, { settings, events })
      } finally {
        cluster.disconnect()
      }
    },
  }
}

interface MasterContext {
  readonly settings: LinkSettings
  readonly events: SubscriptionEvents
}

/**
 * One plain connection per master that carries a partition. A cluster client's own sharded subscriber comes back by itself
 * when a master is replaced, and nothing says that pushes were missed meanwhile; here the link ends, and the broker knows.
 */
async function subscribeMasters(cluster: Cluster, context: MasterContext): Promise<SubscriptionLink> {
  const { settings, events } = context
  const byMaster = new Map<string, Redis>()
  const byPartition: Redis[] = []
  const close = () => {
    for (const redis of byMaster.values()) redis.disconnect()
  }
  for (let partition = 0; partition < CLUSTER_PARTITIONS; partition++) {
    const master = cluster.slots[slotOf(String(partition))]?.[0]
    const node = cluster.nodes('master').find(({ options }) => `${options.host}:${options.port}` === master)
    if (master === undefined || node === undefined)
      throw new Error(`the cluster has no master for partition ${partition}`)
    let redis = byMaster.get(master)
    if (redis === undefined) {
      redis = node.duplicate(linkOptions(settings))
      redis.on('smessageBuffer', (channel: Buffer, message: Buffer) => events.received(channel.toString(), message))
      byMaster.set(master, redis)
    }
    byPartition.push(redis)
  }
  try {
    await Promise.all([...byMaster.values()].map((redis) => connect(redis, endOnce(events, close))))
  } catch (error) {
    close()
    throw error
  }
  return {
    subscribe: async (partition, channels) => void (await byPartition[partition]?.ssubscribe(...channels)),
    unsubscribe: async (partition, channels) => void (await byPartition[partition]?.sunsubscribe(...channels)),
    close,
  }
}

/** The end of one connection ends the link: its channels are received by no other. */
function endOnce({ ended }: SubscriptionEvents, close: () => void): (error: Error) => void {
  return (error) => {
    close()
    ended(error)
  }
}

/** Hash slot of a key's part in braces: CRC16 of 16,384. */
function slotOf(tag: string): number {
  let crc = 0
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  }
  return crc & 0x3fff
}
