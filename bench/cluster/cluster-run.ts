import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { program } from '../build/paths.ts'
import { end, LOAD_CORE, SERVER_CORE, spawnPinned } from '../measure/pinned.ts'
import { readProcessTimes, timesBetween } from '../measure/process-times.ts'
import type { Arrived, LoadOptions } from './load.ts'
import type { Order } from './nodes/serve-node.ts'

/** Servers of one contestant over one Redis. */
export interface ClusterContestant {
  readonly name: string
  readonly program: string
  readonly env?: Readonly<Record<string, string>>
  readonly path: string
  /** What a client says first; one message answers. */
  readonly hello?: string
}

/** What a stretch of a run gave. */
export interface ClusterWindow extends Arrived {
  readonly seconds: number
  /** CPU of each server, in µs. */
  readonly cpuUs: readonly number[]
}

/** A Redis, servers, and connections to each: started fresh, and ended whatever happens. */
export async function withCluster<Result>(
  contestant: ClusterContestant,
  size: { readonly servers: number; readonly perServer: number },
  use: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const children: ChildProcess[] = []
  try {
    const redisPort = await freePort()
    const redis = spawnPinned(LOAD_CORE, ['redis-server', '--port', String(redisPort), '--save', ''], {
      stdio: 'ignore',
    })
    children.push(redis)
    await sleep(500)
    const ports = await Promise.all(Array.from({ length: size.servers }, freePort))
    const servers = ports.map((port) => startServer(contestant, port, redisPort))
    children.push(...servers)
    await Promise.all(servers.map((server) => once(server, 'message')))
    const { path, hello } = contestant
    const options: LoadOptions = { ports, perPort: size.perServer, path, hello }
    const load = spawnPinned(LOAD_CORE, [process.execPath, program('cluster/load'), JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    children.push(load)
    await once(load, 'message')
    return await use(new Cluster(servers, load))
  } finally {
    await Promise.all(children.map((child) => (child.connected ? end(child) : kill(child))))
  }
}

/** The processes of one run. */
export class Cluster {
  readonly #servers: readonly ChildProcess[]
  readonly #load: ChildProcess

  constructor(servers: readonly ChildProcess[], load: ChildProcess) {
    this.#servers = servers
    this.#load = load
  }

  /** Orders something of the server that pushes. */
  order(order: Order): void {
    this.#servers[0]?.send(order)
  }

  /** Lets bursts follow one another as they arrive at the other server. */
  keepBursting(burst: number): void {
    this.#load.on('message', (message) => message === 'burst' && this.order({ burst }))
    for (let ahead = 0; ahead < 4; ahead += 1) this.order({ burst })
  }

  /** Measures from now on. */
  async measure(seconds: number): Promise<ClusterWindow> {
    await this.#mark()
    const before = this.#times()
    const begun = performance.now()
    await sleep(seconds * 1_000)
    const arrived = await this.#mark()
    const after = this.#times()
    const cpuUs = before.map((times, at) => {
      const spent = timesBetween(times, after[at] ?? times)
      return spent.userUs + spent.systemUs
    })
    return { ...arrived, cpuUs, seconds: (performance.now() - begun) / 1_000 }
  }

  #times(): ReturnType<typeof readProcessTimes>[] {
    return this.#servers.map(({ pid = 0 }) => readProcessTimes(pid))
  }

  async #mark(): Promise<Arrived> {
    this.#load.send('mark')
    for (;;) {
      const [message] = (await once(this.#load, 'message')) as [Arrived | string]
      if (typeof message === 'object') return message
    }
  }
}

function startServer({ program: name, env }: ClusterContestant, port: number, redisPort: number): ChildProcess {
  return spawnPinned(SERVER_CORE, [process.execPath, program(name)], {
    env: { ...process.env, ...env, PORT: String(port), REDIS_PORT: String(redisPort), NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
