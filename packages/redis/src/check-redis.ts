import { Names } from './names.ts'
import type { CommandLink, RedisPort, SubscriptionLink } from './redis-port.ts'

/** Oldest Redis that knows sharded channels and effects of scripts as the broker uses them. Valkey began at 7.2. */
const LEAST_VERSION = 7

/**
 * Tries once what the broker needs, so that a wrong Redis is one clear error at start.
 *
 * @throws Error that says what is wrong and what to do.
 */
export async function checkRedis(port: RedisPort, prefix: string): Promise<void> {
  const names = new Names(prefix, port.partitions)
  const commands = await reach(() => port.openCommands(() => {}))
  try {
    checkInfo(await permit(() => commands.info(), 'INFO'))
    await permit(() => commands.publish(names.node('start', 0), Buffer.alloc(0)), 'publish')
    await permit(
      () => commands.run(['eval', 'return redis.call("ZCARD", KEYS[1])', 1, names.nodes()]),
      'EVAL and ZCARD',
    )
    await checkSubscriptions(port, names)
  } finally {
    commands.close()
  }
}

async function checkSubscriptions(port: RedisPort, names: Names): Promise<void> {
  const link = await reach(() => port.openSubscriptions({ received: () => {}, ended: () => {} }))
  try {
    await permit(() => link.subscribe(0, [names.node('start', 0)]), 'subscribe')
  } finally {
    link.close()
  }
}

async function reach<Link extends CommandLink | SubscriptionLink>(open: () => Promise<Link>): Promise<Link> {
  try {
    return await open()
  } catch (error) {
    throw new Error(`Redis cannot be reached: ${messageOf(error)}`, { cause: error })
  }
}

async function permit<Result>(action: () => Promise<Result>, what: string): Promise<Result> {
  try {
    return await action()
  } catch (error) {
    throw new Error(`Redis refused ${what}: ${messageOf(error)}`, { cause: error })
  }
}

function checkInfo(info: string): void {
  const fields = new Map(
    info.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
  const version = fields.get('redis_version') ?? 'unknown'
  if (!(Number.parseInt(version, 10) >= LEAST_VERSION)) {
    throw new Error(`Redis is version ${version}, expected ${LEAST_VERSION}.0 or later`)
  }
  const role = fields.get('role')
  if (role !== 'master') {
    throw new Error(`Redis is a ${role}, expected the master: pushes published to a replica reach no one else`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
