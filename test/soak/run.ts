import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Churn } from './churn.ts'
import { cpuShare, type Leftovers, rssSlope, type Sample } from './sample.ts'
import { ServerProcess } from './server-process.ts'

/**
 * `pnpm soak [--minutes 10] [--connections 2000]`: clients come, call and go at half of what a core can do.
 *
 * Exits 1 when memory grows, the loop stalls, or something is left at the end.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, connections: { type: 'string', default: '2000' } },
})
const MINUTES = Number(values.minutes)
const CONNECTIONS = Number(values.connections)

const BOUNDS = { rssMibPerMinute: 1, stallMs: 150, left: 0 } as const
const TARGET_SHARE = 0.5
const FULL_SHARE = 0.98
/** What the crowd's own process can write without falling behind. */
const MAX_CALLS_PER_SECOND = 20_000
const LIFE_MS = 20_000
/** What is compiled, pooled and grown once has been after so long. */
const WARM_UP_SHARE = 0.4
/** Seconds from one garbage collection that the run asks for to the next. */
const SETTLE_EVERY = 15

const server = await ServerProcess.start()
const churn = new Churn({ port: server.port, connections: CONNECTIONS, lifeMs: LIFE_MS }, 2_000)
const [samples, settledSamples] = await watch()
churn.stop()
await sleep(1_000)
const left = await server.leftovers()
const endedByItself = await server.close(10_000)
process.exitCode = report(left) && endedByItself ? 0 : 1

/** Samples the server every second and keeps it at half a core; the samples of memory that has settled are the second list. */
async function watch(): Promise<readonly [all: readonly Sample[], settled: readonly Sample[]]> {
  const all = [await server.sample()]
  const settled: Sample[] = []
  for (const end = performance.now() + MINUTES * 60_000; performance.now() < end; ) {
    await sleep(1_000)
    const last = all.at(-1) as Sample
    const isSettled = all.length % SETTLE_EVERY === 0
    const now = isSettled ? await server.settledSample() : await server.sample()
    all.push(now)
    churn.callsPerSecond = Math.min(MAX_CALLS_PER_SECOND, churn.callsPerSecond * step(last, now))
    if (!isSettled) continue
    settled.push(now)
    console.log(
      `${all.length - 1} s: ${now.sessions} sessions, ${Math.round(churn.callsPerSecond)} calls/s, ${inMib(now.rssBytes)}, ` +
        `CPU ${Math.round(cpuShare(last, now) * 100)} %, stall ${now.stallMs.toFixed(0)} ms`,
    )
  }
  return [all, settled]
}

/** How the load changes: slowly, and never upwards while connections are missing, for then the machine is busy elsewhere. */
function step(last: Sample, now: Sample): number {
  if (now.sessions < CONNECTIONS * FULL_SHARE) return 1
  return Math.min(1.1, Math.max(0.9, TARGET_SHARE / cpuShare(last, now)))
}

/** The samples after warm-up. */
function steadyOf(taken: readonly Sample[]): readonly Sample[] {
  return taken.slice(Math.floor(taken.length * WARM_UP_SHARE))
}

function inMib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

function report(leftovers: Leftovers): boolean {
  const steady = steadyOf(samples)
  const slope = rssSlope(steadyOf(settledSamples))
  const stallMs = Math.max(...steady.map((one) => one.stallMs))
  const first = steady[0] as Sample
  const last = steady.at(-1) as Sample
  const checks: readonly (readonly [what: string, value: number, bound: number])[] = [
    ['RSS, MiB/min after warm-up', slope, BOUNDS.rssMibPerMinute],
    ['longest stall, ms', stallMs, BOUNDS.stallMs],
    ['connects that failed', churn.failures, BOUNDS.left],
    ['sessions left', leftovers.sessions, BOUNDS.left],
    ['ended sessions still held', leftovers.heldSessions, BOUNDS.left],
    ['timers left', leftovers.timers, BOUNDS.left],
    ['sockets left', leftovers.sockets, BOUNDS.left],
  ]
  console.log(`${churn.connects} connects, ${churn.calls} calls, ${Math.round(churn.receivedBytes / 2 ** 20)} MiB back`)
  console.log(`server at ${Math.round(cpuShare(first, last) * 100)} % of a core, ${inMib(last.rssBytes)}`)
  for (const [what, value, bound] of checks) {
    console.log(`${value <= bound ? 'ok  ' : 'OVER'} ${what}: ${Number(value.toFixed(2))} (at most ${bound})`)
  }
  return checks.every(([, value, bound]) => value <= bound)
}
