import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine, RESULTS } from '../report/results.ts'
import { spreadOf } from '../report/statistics.ts'
import type { Cost } from './timed.ts'

/** What was measured, by name, a sample a round or more. */
export interface Measured {
  readonly samples: Map<string, readonly Partial<Cost>[]>
  readonly rounds: number
}

/** What must hold of a median, in ms of wall time or as a ratio to another's. */
interface Bound {
  readonly name: string
  readonly atMost: number
  readonly against?: string
}

const BOUNDS: readonly Bound[] = [
  { name: 'codegen, nothing there: 1000', atMost: 2_500 },
  { name: 'codegen --check: 1000', atMost: 2_500 },
  { name: '--watch, save to written: 1000', atMost: 500 },
  { name: '--watch, save to written: 20', atMost: 300 },
  { name: 'tsc, generated client: 1000', atMost: 2, against: 'tsc, types by hand: 1000' },
]

/** Prints a table and the bounds; writes `results/codegen.json`. */
export function reportCodegen(measured: Measured): void {
  const rows = [...measured.samples].map(([name, costs]) => rowOf(name, costs))
  const head = ['', 'wall ms', 'min–max', 'CPU ms']
  console.log(`codegen: a contract of 1,000 commands, and one of 20; medians of ${measured.rounds} rounds`)
  console.log(`  ${describeMachine()}`)
  for (const line of align([head, ...rows])) console.log(line)
  for (const bound of BOUNDS) console.log(formatBound(bound, measured))
  writeResults(measured)
}

function rowOf(name: string, costs: readonly Partial<Cost>[]): readonly string[] {
  const wall = spreadOf(costs.flatMap(({ wallMs }) => wallMs ?? []))
  const cpu = spreadOf(costs.flatMap(({ cpuMs }) => cpuMs ?? []))
  if (wall === undefined) return [name, '–', '', '']
  return [name, show(wall.median), `${show(wall.min)}–${show(wall.max)}`, cpu === undefined ? '' : show(cpu.median)]
}

function formatBound({ name, atMost, against }: Bound, { samples }: Measured): string {
  const median = (of: string): number =>
    spreadOf((samples.get(of) ?? []).flatMap(({ wallMs }) => wallMs ?? []))?.median ?? Number.NaN
  const found = against === undefined ? median(name) : median(name) / median(against)
  const promise = against === undefined ? `≤ ${show(atMost)} ms` : `≤ ${atMost} × ${against}`
  const shown = against === undefined ? show(found) : found.toFixed(2)
  return `  ${found <= atMost ? 'met    ' : 'NOT MET'}  ${name} ${promise}: ${shown}`
}

function show(ms: number): string {
  return Math.round(ms).toLocaleString('en')
}

/** Lines of columns: the first to the left, the others to the right. */
function align(lines: readonly (readonly string[])[]): readonly string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}

function writeResults({ samples, rounds }: Measured): void {
  const round = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value
  const result = {
    machine: describeMachine(),
    measuredAt: new Date().toISOString(),
    rounds,
    samples: Object.fromEntries(samples),
  }
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(join(RESULTS, 'codegen.json'), `${JSON.stringify(result, round, 2)}\n`)
}
