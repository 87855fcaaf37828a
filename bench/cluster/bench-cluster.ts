import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { bundle } from '../build/bundle.ts'
import { requireLinux } from '../measure/pinned.ts'
import { type Cluster, type ClusterContestant, type ClusterWindow, withCluster } from './cluster-run.ts'

const SOCKET_IO = { program: 'cluster/nodes/socket-io', path: '/socket.io/?EIO=4&transport=websocket', hello: '40' }

const CONTESTANTS: readonly ClusterContestant[] = [
  { name: 'wsrv', program: 'cluster/nodes/wsrv', path: '/' },
  { name: 'socket.io, sharded', ...SOCKET_IO, env: { ADAPTER: 'sharded' } },
  { name: 'socket.io, streams', ...SOCKET_IO, env: { ADAPTER: 'streams' } },
]

/** What one contestant needs in one round. */
interface Figures {
  /** Server CPU per delivered push, of a room over two servers, in µs. */
  readonly costUs: number
  /** Time of a push to a client of the other server, in ms. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** Pushes a second from one server to the other. */
  readonly perSecond: number
  /** CPU per server and second with 1 to 4 servers, each with as many clients, in ms. */
  readonly perServerMs: readonly number[]
}

/** `pnpm bench cluster [--rounds n] [--seconds s]`: pushes over several servers and one Redis, beside socket.io and its adapters. */
export async function benchCluster(words: readonly string[]): Promise<void> {
  requireLinux()
  const { values } = parseArgs({
    args: [...words],
    options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' } },
  })
  const seconds = Number(values.seconds)
  await bundle(['cluster/load', ...new Set(CONTESTANTS.map(({ program }) => program))])
  const rounds = new Map<string, Figures[]>(CONTESTANTS.map(({ name }) => [name, []]))
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const contestant of CONTESTANTS) {
      process.stderr.write(`round ${round}, ${contestant.name}\n`)
      rounds.get(contestant.name)?.push(await measure(contestant, seconds))
    }
  }
  const results = [...rounds].map(([name, figures]) => ({ name, ...medians(figures) }))
  const folder = `${import.meta.dirname}/../results`
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    `${folder}/cluster.json`,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), results }, null, 2)}\n`,
  )
  show(results)
}

async function measure(contestant: ClusterContestant, seconds: number): Promise<Figures> {
  const [first, last] = [await pushed(contestant, 1, seconds), await pushed(contestant, 2, seconds)]
  const others = [await pushed(contestant, 3, seconds), await pushed(contestant, 4, seconds)]
  const quiet = await withCluster(contestant, { servers: 2, perServer: 25 }, (cluster) =>
    steady(cluster, { everyMs: 50, seconds: seconds * 2 }),
  )
  const times = [...quiet.crossedUs].sort((a, b) => a - b)
  const at = (share: number): number => (times[Math.floor((times.length - 1) * share)] ?? Number.NaN) / 1_000
  const fast = await withCluster(contestant, { servers: 2, perServer: 1 }, async (cluster) => {
    cluster.keepBursting(200)
    await sleep(1_000)
    return cluster.measure(seconds)
  })
  return {
    costUs: sum(last.cpuUs) / last.pushes,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    // Each push reaches one client here and one there.
    perSecond: fast.crossedUs.length / fast.seconds,
    perServerMs: [first, last, ...others].map(({ cpuUs, seconds: took }) => sum(cpuUs) / cpuUs.length / took / 1_000),
  }
}

function pushed(contestant: ClusterContestant, servers: number, seconds: number): Promise<ClusterWindow> {
  return withCluster(contestant, { servers, perServer: 150 }, (cluster) => steady(cluster, { everyMs: 20, seconds }))
}

async function steady(
  cluster: Cluster,
  { everyMs, seconds }: { readonly everyMs: number; readonly seconds: number },
): Promise<ClusterWindow> {
  cluster.order({ everyMs })
  await sleep(1_000)
  return cluster.measure(seconds)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function medians(figures: readonly Figures[]): Figures {
  const of = (pick: (one: Figures) => number): number => {
    const sorted = figures.map(pick).sort((a, b) => a - b)
    return sorted[sorted.length >> 1] ?? Number.NaN
  }
  return {
    costUs: of(({ costUs }) => costUs),
    p50Ms: of(({ p50Ms }) => p50Ms),
    p99Ms: of(({ p99Ms }) => p99Ms),
    perSecond: of(({ perSecond }) => perSecond),
    perServerMs: [0, 1, 2, 3].map((at) => of(({ perServerMs }) => perServerMs[at] ?? Number.NaN)),
  }
}

function show(results: readonly (Figures & { readonly name: string })[]): void {
  const rows = results.map(({ name, costUs, p50Ms, p99Ms, perSecond, perServerMs }) => ({
    '': name,
    'CPU µs/push': costUs.toFixed(2),
    'p50 ms': p50Ms.toFixed(2),
    'p99 ms': p99Ms.toFixed(2),
    'pushes/s': Math.round(perSecond),
    ...Object.fromEntries(perServerMs.map((ms, at) => [`ms/s per server, ${at + 1}`, ms.toFixed(1)])),
  }))
  console.table(rows)
}
