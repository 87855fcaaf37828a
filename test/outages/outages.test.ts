import { describe, expect, it } from 'vitest'
import { OUTAGES } from './outages.ts'
import { play } from './schedule.ts'

/** Calls in all: `WSRV_CALLS=10000`, which `pnpm outages` makes; by default a sample. `WSRV_SEED=n` replays one schedule. */
const CALLS = Number(process.env['WSRV_CALLS'] ?? 600)
const SEED = process.env['WSRV_SEED']
const CALLS_PER_SCHEDULE = 100

describe.each(OUTAGES)('around $name', (outage) => {
  it('no idempotent call fails that has 3 s left once the server answers again, and none runs twice', {
    timeout: 20_000 + CALLS * 20,
  }, async () => {
    const count = Math.ceil(CALLS / OUTAGES.length / CALLS_PER_SCHEDULE)
    const seeds = SEED === undefined ? Array.from({ length: count }, (_, n) => n + 1) : [Number(SEED)]
    const faults: string[] = []
    let calls = 0
    let succeeded = 0
    for (const seed of seeds) {
      const verdict = await play(outage, seed, CALLS_PER_SCHEDULE)
      calls += verdict.calls
      succeeded += verdict.succeeded
      faults.push(...verdict.faults.map((fault) => `WSRV_SEED=${seed}: ${fault}`))
    }
    expect(faults).toEqual([])
    // A test of failures only would prove nothing.
    expect(calls).toBe(seeds.length * CALLS_PER_SCHEDULE)
    expect(succeeded / calls).toBeGreaterThan(outage.lastsMs > CALL_MS ? 0.3 : 0.9)
  })
})

const CALL_MS = 10_000
