import type { Measure } from '../scenarios/scenario.ts'
import { type Row, type ScenarioResult, spreadIn } from './results.ts'

/** A scenario's result as a table for a terminal, at most 120 columns wide. */
export function formatTable(name: string, { title, rows, measures, machine, seconds }: ScenarioResult): string {
  const baseline = rows[0]
  const head = ['', ...measures.flatMap((measure) => headOf(measure, baseline?.contestant ?? ''))]
  const body = rows.map((row) => [row.contestant, ...measures.flatMap((measure) => cellsOf(measure, row, baseline))])
  const rounds = Math.max(
    0,
    ...rows.map(({ samples, refusals }) => (Object.values(samples)[0]?.length ?? 0) + refusals.length),
  )
  const refused = rows.flatMap(({ contestant, refusals }) =>
    refusals.length === 0 ? [] : [`  refused: ${refusals.length} rounds of ${contestant}: ${refusals[0]}`],
  )
  const length = seconds > 0 ? ` of ${seconds} s` : ''
  const caption = `  medians of ${rounds} rounds${length}; ${machine}`
  return [`${name}: ${title}`, caption, ...align([head, ...body]), ...refused].join('\n')
}

function headOf({ label, isCompared }: Measure, baseline: string): string[] {
  return isCompared ? [label, 'min–max', `× ${baseline}`] : [label]
}

function cellsOf(measure: Measure, row: Row, baseline: Row | undefined): string[] {
  const spread = spreadIn(row, measure.key)
  if (spread === undefined) return measure.isCompared ? ['–', '', ''] : ['–']
  const show = (value: number): string =>
    value.toLocaleString('en', {
      minimumFractionDigits: measure.digits ?? 1,
      maximumFractionDigits: measure.digits ?? 1,
    })
  if (!measure.isCompared) return [show(spread.median)]
  const base = spreadIn(baseline, measure.key)?.median
  const ratio = base === undefined ? '' : (spread.median / base).toFixed(2)
  return [show(spread.median), `${show(spread.min)}–${show(spread.max)}`, ratio]
}

/** Lines of columns: the first to the left, the others to the right. */
function align(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}
