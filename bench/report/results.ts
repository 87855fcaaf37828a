import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, release } from 'node:os'
import type { Measure } from '../scenarios/scenario.ts'
import { type Spread, spreadOf } from './statistics.ts'

/** What was measured so far, a scenario measured again replacing what it was. Kept in `bench/results/results.json`. */
export interface Results {
  readonly scenarios: Readonly<Record<string, ScenarioResult>>
}

/** One scenario's rows, in the contestants' order. */
export interface ScenarioResult {
  readonly title: string
  /** Where and when: ratios travel between machines, absolute numbers do not. */
  readonly machine: string
  readonly measuredAt: string
  readonly seconds: number
  readonly measures: readonly Measure[]
  readonly rows: readonly Row[]
}

/** What one contestant did in a scenario, over all rounds. */
export interface Row {
  readonly contestant: string
  /** By measure: one number a round that was believed. */
  readonly samples: Readonly<Record<string, readonly number[]>>
  /** Why rounds were not believed, or failed. */
  readonly refusals: readonly string[]
}

/** A row's measure; `undefined` when no round was believed. */
export function spreadIn(row: Row | undefined, measure: string): Spread | undefined {
  return spreadOf(row?.samples[measure] ?? [])
}

/** Folder of what a run leaves behind. */
export const RESULTS: string = `${import.meta.dirname}/../results`

const FILE = `${RESULTS}/results.json`

/** This machine, as far as it matters to a reader. */
export function describeMachine(): string {
  return `${cpus()[0]?.model.trim() ?? arch()}, Node ${process.versions.node}, Linux ${release().split('-')[0]}`
}

export function readResults(): Results {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Results
  } catch {
    return { scenarios: {} }
  }
}

/** Writes the results as the project's formatter would: lists of numbers on one line. */
export function writeResults(results: Results): void {
  mkdirSync(RESULTS, { recursive: true })
  const rounded = JSON.stringify(
    results,
    (_, value) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value),
    2,
  )
  writeFileSync(
    FILE,
    `${rounded.replace(/\[\s+([-\d.,\s]+?)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`)}\n`,
  )
}
