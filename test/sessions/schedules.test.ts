import { expect, it } from 'vitest'
import { describeCounts, runSchedules } from './schedules.ts'

/** Schedules in the gate; `WSRV_SEEDS=10000` runs the whole, `WSRV_SEED=n` replays one. */
const SEEDS = Number(process.env['WSRV_SEEDS'] ?? 120)
const SEED = process.env['WSRV_SEED']

it(`${SEED ?? SEEDS} random schedules of real clients and a real server lose nothing, run nothing twice, never lie`, {
  timeout: 3_600_000,
}, async () => {
  const one = Number(SEED)
  const { seeds, counts, violation } = SEED === undefined ? await runSchedules(1, SEEDS) : await runSchedules(one, one)
  const { seed, why, trace } = violation ?? { seed: 0, why: '', trace: [] }
  expect(why, `seed ${seed} (replay: WSRV_SEED=${seed})\n${trace.join('\n')}`).toBe('')
  process.stdout.write(`${seeds} schedules: ${describeCounts(counts)}\n`)
  // The schedules are worth something only when every ending comes up.
  if (SEED !== undefined) return
  for (const what of ['ok', 'recovered', 'lost', 'gap', 'outcome_unknown', 'given up', 'timeout', 'stolen'])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(SEEDS / 20)
})
