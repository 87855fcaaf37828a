import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'

/** Whether this machine has `redis-server`. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0
}

/** Starts a Redis on a free port of this machine that keeps nothing; returns its port and the process. */
export async function startRedis(): Promise<{ readonly port: number; readonly process: ChildProcess }> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const redis = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of redis.stdout) if (String(chunk).includes('Ready to accept connections')) break
  redis.stdout.resume()
  return { port, process: redis }
}

/** One of the servers, in a process of its own. */
export interface ClusterNode {
  readonly name: string
  readonly port: number
  /** Ends it; resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** How long a node takes to move its clients, in ms. */
export const SPREAD_MS = 2_000

/** Starts a server over Redis; resolves when it takes connections. */
export async function startNode(name: string, redisPort: number): Promise<ClusterNode> {
  const file = new URL('./node.ts', import.meta.url).pathname
  const node = spawn(process.execPath, ['--import', TSX, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      SPREAD_MS: String(SPREAD_MS),
      DRAIN_MS: '2000',
    },
  })
  const [line] = await once(node.stdout, 'data')
  return {
    name,
    port: Number(line),
    end: async (signal) => {
      const gone = once(node, 'exit')
      node.kill(signal)
      await gone
    },
  }
}

const TSX = createRequire(import.meta.url).resolve('tsx')

/** A port that is free. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
