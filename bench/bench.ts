import { bundle } from './build/bundle.ts'
import { compileGenerator } from './build/compile-generator.ts'
import { type Asked, readCommandLine } from './command-line.ts'
import type { Contestant } from './contestants/contestant.ts'
import { CONTESTANTS } from './contestants/contestants.ts'
import { requireLinux } from './measure/pinned.ts'
import { formatBounds } from './report/bounds.ts'
import { writePlot } from './report/plot.ts'
import { describeMachine, type Row, readResults, type ScenarioResult, writeResults } from './report/results.ts'
import { formatTable } from './report/table.ts'
import type { Sample, Scenario } from './scenarios/scenario.ts'

/** Measures what the command line asks for; prints a table a scenario, and keeps the results beside those of other runs. */
export async function bench(words: readonly string[]): Promise<void> {
  const asked = readCommandLine(words)
  requireLinux()
  compileGenerator()
  await bundle(programsFor(asked))
  for (const scenario of asked.scenarios) report(scenario, await measure(scenario, asked))
}

/** Every server, and what the scenarios run besides. */
function programsFor({ scenarios, contestants }: Asked): string[] {
  const servers = CONTESTANTS.map(({ folder }) => `contestants/${folder}/server`)
  const others = scenarios.flatMap((scenario) => contestants(scenario).flatMap((one) => scenario.programs?.(one) ?? []))
  return [...new Set([...servers, ...others])]
}

/** Interleaves the contestants over the rounds: what disturbs the machine for a while disturbs them all. */
async function measure(scenario: Scenario, asked: Asked): Promise<ScenarioResult> {
  const contestants = asked.contestants(scenario)
  const seconds = asked.seconds(scenario)
  const samples = new Map<string, Sample[]>(contestants.map(({ name }) => [name, []]))
  await scenario.prepare?.()
  for (let round = 1; round <= asked.rounds(scenario); round += 1) {
    for (const contestant of contestants) {
      progress(`${scenario.name}: round ${round}, ${contestant.name}`)
      samples.get(contestant.name)?.push(await tryOnce(scenario, contestant, seconds))
    }
  }
  progress('')
  const { title, measures } = scenario
  const rows = contestants.map(({ name }) => rowOf(name, samples.get(name) ?? []))
  return { title, machine: describeMachine(), measuredAt: new Date().toISOString(), seconds, measures, rows }
}

/** A contestant that fails leaves the others their round. */
async function tryOnce(scenario: Scenario, contestant: Contestant, seconds: number): Promise<Sample> {
  try {
    return await scenario.run(contestant, seconds)
  } catch (error) {
    return { values: {}, refusal: error instanceof Error ? error.message : String(error) }
  }
}

function rowOf(contestant: string, samples: readonly Sample[]): Row {
  const believed = samples.filter(({ refusal }) => refusal === undefined)
  const keys = Object.keys(believed[0]?.values ?? {})
  return {
    contestant,
    samples: Object.fromEntries(keys.map((key) => [key, believed.map(({ values }) => values[key] ?? Number.NaN)])),
    refusals: samples.flatMap(({ refusal }) => refusal ?? []),
  }
}

function report(scenario: Scenario, result: ScenarioResult): void {
  const { scenarios } = readResults()
  const results = { scenarios: { ...scenarios, [scenario.name]: result } }
  writeResults(results)
  writePlot(results)
  console.log([formatTable(scenario.name, result), ...formatBounds(results, scenario.name), ''].join('\n'))
}

/** One line that is written over, where somebody watches. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`)
}
