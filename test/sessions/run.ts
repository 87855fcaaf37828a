import { parseArgs } from 'node:util'
import { runMutant } from './mutate.ts'
import { RULE_MUTANTS } from './rule-mutants.ts'
import { describeCounts, runSchedules } from './schedules.ts'

/**
 * `pnpm schedules [--seeds 10000] [--from 1]` runs seeded schedules of real clients and a real server and prints what happened in them,
 * or the trace of the first that breaks a rule.
 *
 * `pnpm schedules --mutants [--seeds 1000] [--only words]` proves that they can: each rule is broken in a copy of the source, and
 * the schedules must notice.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const isGood = values.mutants
  ? await proveChecker(Number(values.seeds ?? 1_000))
  : await run(Number(values.seeds ?? 10_000))
process.exit(isGood ? 0 : 1)

async function run(seeds: number): Promise<boolean> {
  const from = Number(values.from)
  const startedAt = performance.now()
  const outcome = await runSchedules(from, from + seeds - 1)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
  console.log(`${outcome.seeds} schedules in ${seconds} s: ${describeCounts(outcome.counts)}`)
  const { violation } = outcome
  if (violation === undefined) return true
  console.log(violation.trace.join('\n'))
  console.log(`\nseed ${violation.seed}: ${violation.why}`)
  return false
}

async function proveChecker(seeds: number): Promise<boolean> {
  const missed: string[] = []
  for (const mutant of RULE_MUTANTS.filter(({ name }) => name.includes(values.only))) {
    const { seeds: needed, why } = await runMutant(mutant, seeds)
    if (why === undefined) missed.push(mutant.name)
    console.log(
      `${why === undefined ? 'MISSED' : 'caught'} after ${needed}: ${mutant.name}${why === undefined ? '' : `\n    ${why}`}`,
    )
  }
  console.log(`\n${missed.length} missed`)
  return missed.length === 0
}
