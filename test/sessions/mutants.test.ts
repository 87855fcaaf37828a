import { expect, it } from 'vitest'
import { runMutant } from './mutate.ts'
import { RULE_MUTANTS, type RuleMutant } from './rule-mutants.ts'

/** Two rules that a few schedules notice the lack of; `pnpm schedules --mutants` breaks them all. */
const SAMPLE = ['a new token is confirmed when it is sent', 'what the journal forgot is not told']

it.each(SAMPLE)('the schedules notice when %s', { timeout: 120_000 }, async (name) => {
  const mutant = RULE_MUTANTS.find((one) => one.name === name) as RuleMutant
  expect((await runMutant(mutant, 50)).why).toBeDefined()
})
