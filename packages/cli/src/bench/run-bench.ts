import { createHistogram } from 'node:perf_hooks'
import type { WsrvClient } from '@wsrv/client'
import { CommandError } from '@wsrv/protocol'
import type { SendCall } from '../client/call-of.ts'
import { rounded } from '../show/round-trips.ts'

/** What a bench does. */
export interface BenchPlan {
  readonly send: SendCall
  readonly data: unknown
  readonly clients: readonly WsrvClient[]
  /** Calls of a connection at a time. */
  readonly inFlight: number
  readonly durationMs: number
  readonly stop: AbortSignal
  /** Called now and then. */
  readonly progressed: (calls: number, elapsedMs: number) => void
}

/** What a bench measured; times are those of calls that were answered with success. */
export interface BenchResult {
  readonly calls: number
  readonly seconds: number
  readonly perSecond: number
  /** How many calls failed, by code. */
  readonly failures: Readonly<Record<string, number>>
  readonly minMs: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
}

/** Calls a command on every connection, again as soon as it is answered, for a time. */
export async function runBench(plan: BenchPlan): Promise<BenchResult> {
  const bench = new Bench(plan)
  const progress = setInterval(() => plan.progressed(bench.calls, bench.elapsedMs), PROGRESS_MS)
  try {
    const loops = plan.clients.flatMap((client) => Array.from({ length: plan.inFlight }, () => bench.loop(client)))
    await Promise.all(loops)
  } finally {
    clearInterval(progress)
  }
  return bench.sumUp()
}

class Bench {
  calls = 0
  readonly #plan: BenchPlan
  readonly #startedAt = performance.now()
  /** In ns. */
  readonly #times = createHistogram({ lowest: 1, highest: MAX_NS, figures: 3 })
  readonly #failures = new Map<string, number>()

  constructor(plan: BenchPlan) {
    this.#plan = plan
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  async loop(client: WsrvClient): Promise<void> {
    const { send, data, durationMs, stop } = this.#plan
    while (!stop.aborted && client.state !== 'closed' && this.elapsedMs < durationMs) {
      const startedAt = performance.now()
      try {
        await send(client, data, SHOW_NONE)
        this.calls += 1
        this.#times.record(Math.max(1, Math.round((performance.now() - startedAt) * NS_PER_MS)))
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        if (stop.aborted) return
        this.calls += 1
        this.#failures.set(error.code, (this.#failures.get(error.code) ?? 0) + 1)
      }
    }
  }

  sumUp(): BenchResult {
    const { calls, elapsedMs } = this
    const times = this.#times
    const at = (percent: number): number => (times.count === 0 ? 0 : rounded(times.percentile(percent) / NS_PER_MS))
    const seconds = elapsedMs / MS_PER_SECOND
    return {
      calls,
      seconds: rounded(seconds),
      perSecond: Math.round(calls / seconds),
      failures: Object.fromEntries(this.#failures),
      minMs: times.count === 0 ? 0 : rounded(times.min / NS_PER_MS),
      p50Ms: at(50),
      p90Ms: at(90),
      p99Ms: at(99),
      p999Ms: at(99.9),
      maxMs: times.count === 0 ? 0 : rounded(times.max / NS_PER_MS),
    }
  }
}

/** A bench counts answers and keeps none. */
const SHOW_NONE = { show: () => undefined }

const NS_PER_MS = 1_000_000
const MS_PER_SECOND = 1_000
const PROGRESS_MS = 200

/** An hour: no call waits longer. */
const MAX_NS = 3_600 * MS_PER_SECOND * NS_PER_MS
