import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** Whether this machine has Redis; where CI is set, a skipped test fails the run. */
export const HAS_REDIS: boolean = spawnSync('redis-server', ['--version']).status === 0

/** A `redis-server` of its own on loopback, which keeps nothing. */
export class RedisProcess {
  readonly port: number
  readonly #folder: string
  readonly #args: readonly string[]
  #process: ChildProcess | undefined

  private constructor(port: number, folder: string, args: readonly string[]) {
    this.port = port
    this.#folder = folder
    this.#args = args
  }

  static async start(args: readonly string[] = []): Promise<RedisProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'wsrv-redis-'))
    const redis = new RedisProcess(await freePort(), folder, args)
    await redis.start()
    return redis
  }

  get pid(): number {
    return this.#process?.pid ?? 0
  }

  /** Starts again, empty, on the same port. */
  async start(): Promise<void> {
    const own = ['--port', String(this.port), '--dir', this.#folder, '--save', '', '--appendonly', 'no']
    // A Sentinel keeps what it learns in its configuration file.
    const file = join(this.#folder, 'redis.conf')
    await writeFile(file, '')
    this.#process = spawn(
      'redis-server',
      [file, ...own, '--bind', '127.0.0.1', '--loglevel', 'warning', ...this.#args],
      {
        stdio: 'ignore',
      },
    )
    await answers(this.port)
  }

  /** A client of this server, for a test's own commands. */
  client(): Redis {
    return new Redis({ port: this.port, host: '127.0.0.1' })
  }

  /** Kills it at once, as a crash does. */
  async kill(): Promise<void> {
    const process = this.#process
    this.#process = undefined
    if (process === undefined || process.exitCode !== null) return
    await new Promise((resolve) => {
      process.once('exit', resolve)
      process.kill('SIGKILL')
    })
  }

  async stop(): Promise<void> {
    await this.kill()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Three masters that share the slots. */
export async function startCluster(): Promise<{ ports: number[]; masters: RedisProcess[]; stop(): Promise<void> }> {
  const masters: RedisProcess[] = []
  for (let index = 0; index < 3; index++) {
    masters.push(
      await RedisProcess.start([
        '--cluster-enabled',
        'yes',
        '--cluster-node-timeout',
        '2000',
        '--cluster-config-file',
        'nodes.conf',
      ]),
    )
  }
  const ports = masters.map(({ port }) => port)
  const addresses = ports.map((port) => `127.0.0.1:${port}`)
  const { status, stdout } = spawnSync('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the cluster could not be made: ${stdout}`)
  for (const master of masters) await clusterIsUp(master)
  return { ports, masters, stop: async () => void (await Promise.all(masters.map((master) => master.stop()))) }
}

async function clusterIsUp(master: RedisProcess): Promise<void> {
  const client = master.client()
  for (let tries = 0; tries < 200; tries++) {
    if (String(await client.call('cluster', 'info')).includes('cluster_state:ok')) break
    await wait(50)
  }
  client.disconnect()
}

/** A master, a replica, and three Sentinels that watch them. */
export async function startSentinel(): Promise<{
  sentinels: { host: string; port: number }[]
  master: RedisProcess
  replica: RedisProcess
  stop(): Promise<void>
}> {
  const master = await RedisProcess.start()
  const replica = await RedisProcess.start(['--replicaof', '127.0.0.1', String(master.port)])
  const sentinels: RedisProcess[] = []
  for (let index = 0; index < 3; index++) sentinels.push(await startOneSentinel(master))
  return {
    sentinels: sentinels.map(({ port }) => ({ host: '127.0.0.1', port })),
    master,
    replica,
    stop: async () => void (await Promise.all([...sentinels, master, replica].map((redis) => redis.stop()))),
  }
}

async function startOneSentinel(master: RedisProcess): Promise<RedisProcess> {
  const sentinel = await RedisProcess.start(['--sentinel'])
  const client = sentinel.client()
  await client.call('sentinel', 'monitor', 'main', '127.0.0.1', String(master.port), '2')
  await client.call('sentinel', 'set', 'main', 'down-after-milliseconds', '1000')
  await client.call('sentinel', 'set', 'main', 'failover-timeout', '3000')
  client.disconnect()
  return sentinel
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  // A cluster's own bus listens 10,000 above.
  return address.port > 55_000 ? freePort() : address.port
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.call('ping')
      return
    } catch {
      await wait(25)
    } finally {
      client.disconnect()
    }
  }
  throw new Error(`redis-server does not answer on port ${port}`)
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
