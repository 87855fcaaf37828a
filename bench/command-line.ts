import { parseArgs } from 'node:util'
import type { Contestant } from './contestants/contestant.ts'
import { CONTESTANTS, USUAL } from './contestants/contestants.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { SCENARIOS } from './scenarios/scenarios.ts'

/** What the command line asks for. */
export interface Asked {
  readonly scenarios: readonly Scenario[]
  /** Who takes part in a scenario, in the order of the tables. */
  contestants(scenario: Scenario): readonly Contestant[]
  rounds(scenario: Scenario): number
  seconds(scenario: Scenario): number
}

export const USAGE: string = `pnpm bench [scenario…] [--contestants a,b] [--rounds n] [--seconds s]

scenarios:   ${SCENARIOS.map(({ name }) => name).join(' ')}
contestants: ${CONTESTANTS.map(({ name }) => name).join(' ')}`

/** @throws Error that says which name is not known. */
export function readCommandLine(words: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: words.filter((word) => word !== '--'),
    allowPositionals: true,
    options: { contestants: { type: 'string' }, rounds: { type: 'string' }, seconds: { type: 'string' } },
  })
  const named = values.contestants?.split(',')
  for (const name of named ?? []) oneOf(CONTESTANTS, name)
  return {
    scenarios: positionals.length === 0 ? SCENARIOS : positionals.map((name) => oneOf(SCENARIOS, name)),
    contestants: (scenario) => {
      const names = named ?? scenario.contestants ?? USUAL
      return CONTESTANTS.filter(({ name }) => names.includes(name))
    },
    rounds: (scenario) => (values.rounds === undefined ? scenario.rounds : Number(values.rounds)),
    seconds: ({ seconds }) => (values.seconds === undefined || seconds === 0 ? seconds : Number(values.seconds)),
  }
}

function oneOf<Named extends { readonly name: string }>(all: readonly Named[], name: string): Named {
  const found = all.find((one) => one.name === name)
  if (found === undefined) throw new Error(`unknown: ${name}\n\n${USAGE}`)
  return found
}
