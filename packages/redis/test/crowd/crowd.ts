import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { until } from '@wsrv/testing'
import { Blackhole } from '../blackhole.ts'
import { RedisProcess } from '../redis-process.ts'
import { Member, type MemberAccount } from './member.ts'

/** How large a crowd is. */
export interface CrowdOptions {
  readonly members: number
  /** Time between two pushes of a server, in ms. */
  readonly intervalMs: number
  /** Of each server's broker. */
  readonly broker: object
}

/** One of the three servers. */
export interface CrowdNode {
  readonly url: string
  readonly process: ChildProcess
  /** Its memory before anyone was connected, in MiB. */
  readonly rssBefore: number
}

/** Three servers in processes of their own over one Redis, the last one through a proxy, and many clients in one room. */
export class Crowd {
  readonly redis: RedisProcess
  readonly hole: Blackhole
  readonly nodes: CrowdNode[] = []
  readonly members: Member[] = []
  readonly #intervalMs: number

  private constructor(redis: RedisProcess, hole: Blackhole, intervalMs: number) {
    this.redis = redis
    this.hole = hole
    this.#intervalMs = intervalMs
  }

  static async gather({ members, intervalMs, broker }: CrowdOptions): Promise<Crowd> {
    const redis = await RedisProcess.start()
    const crowd = new Crowd(redis, await Blackhole.start(redis.port), intervalMs)
    const ports = [redis.port, redis.port, crowd.hole.port]
    const start = (port: number, at: number) =>
      startNode([String(at), String(port), String(intervalMs), JSON.stringify(broker)])
    crowd.nodes.push(...(await Promise.all(ports.map(start))))
    const urls = crowd.nodes.map(({ url }) => url)
    for (let at = 0; at < members; at++) crowd.members.push(new Member(urls, at))
    await Promise.all(crowd.members.map((member) => member.ready()))
    await until(() => crowd.members.every(({ hasHeardAll }) => hasHeardAll), 'all are pushed to', PATIENCE)
    return crowd
  }

  /** Waits until each member was sent something by every server that lives, and sums up for each what happened since the last time. */
  async account(living: readonly CrowdNode[]): Promise<readonly MemberAccount[]> {
    // What is on its way now arrives even if nothing sent from now on does.
    const since = performance.now() + 2 * this.#intervalMs
    const alive = living.map((node) => String(this.nodes.indexOf(node)))
    const isServed = (member: Member): boolean => member.hasHeardSince(alive, since)
    await until(() => this.members.every(isServed), 'all are served again', PATIENCE)
    return this.members.map((member) => member.account())
  }

  /** What the memory of a server that lives has grown by since it started, in MiB: its share of the crowd included. */
  growthOf({ process, rssBefore }: CrowdNode): number {
    return rssOf(process) - rssBefore
  }

  async disperse(): Promise<void> {
    for (const member of this.members) member.close()
    for (const { process } of this.nodes) process.kill('SIGKILL')
    await this.hole.stop()
    await this.redis.stop()
  }
}

const PATIENCE = { withinMs: 60_000 }

const TSX = createRequire(import.meta.url).resolve('tsx')

async function startNode(args: readonly string[]): Promise<CrowdNode> {
  const file = new URL('./node.ts', import.meta.url).pathname
  const process = spawn(globalThis.process.execPath, ['--import', TSX, file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(process.stdout, 'data')
  return { url: String(url).trim(), process, rssBefore: rssOf(process) }
}

function rssOf({ pid }: ChildProcess): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1_024
}
