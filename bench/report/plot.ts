import { writeFileSync } from 'node:fs'
import { RESULTS, type Results, type ScenarioResult, spreadIn } from './results.ts'

/** Scenarios that are drawn, with their panel's heading. */
const PANELS: readonly (readonly [scenario: string, heading: string])[] = [
  ['small-8', 'Server CPU a call: 60 bytes, 8 in flight'],
  ['small-1', 'Server CPU a call: 60 bytes, 1 in flight'],
  ['large-8', 'Server CPU a call: 4 KiB, 8 in flight'],
  ['push-5000', 'Server CPU a push: one to 5,000'],
  ['push-8', 'Server CPU a push: eight in a turn to 1,000'],
  ['idle', 'Memory of an idle connection'],
]

const WIDTH = 440
const ROW = 20
const LABEL = 108
const BAR = WIDTH - LABEL - 56

/** Draws the first measure of the main scenarios as bars; less is better. Written to `bench/results/results.svg`. */
export function writePlot(results: Results): void {
  const drawn = PANELS.flatMap(([name, heading]) => {
    const result = results.scenarios[name]
    return result === undefined ? [] : [{ heading, bars: barsOf(result), unit: unitOf(result) }]
  })
  const height = 44 + ROW * Math.max(1, ...drawn.map(({ bars }) => bars.length))
  const rows = Math.ceil(drawn.length / 2)
  const panels = drawn.map((one, at) => panel(one, (at % 2) * WIDTH, Math.floor(at / 2) * height))
  writeFileSync(
    `${RESULTS}/results.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * 2} ${height * rows}" font-family="system-ui, sans-serif">
${STYLE}
${panels.join('\n')}
</svg>
`,
  )
}

const STYLE = `<style>
  text { fill: #24292f; font-size: 12px }
  .heading { font-size: 13px; font-weight: 600 }
  .unit { fill: #57606a }
  rect { fill: #afb8c1 }
  .own rect { fill: #1f6feb }
  .own text { font-weight: 600 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .unit { fill: #8b949e } rect { fill: #484f58 } }
</style>`

interface Bar {
  readonly contestant: string
  readonly value: number
}

function barsOf({ rows, measures }: ScenarioResult): Bar[] {
  return rows
    .flatMap((row) => {
      const value = spreadIn(row, measures[0]?.key ?? '')?.median
      return value === undefined ? [] : [{ contestant: row.contestant, value }]
    })
    .sort((a, b) => a.value - b.value)
}

function unitOf({ measures }: ScenarioResult): string {
  return /µs|KiB/.exec(measures[0]?.label ?? '')?.[0] ?? ''
}

function panel(drawn: { heading: string; bars: readonly Bar[]; unit: string }, x: number, y: number): string {
  const longest = Math.max(...drawn.bars.map(({ value }) => value))
  const lines = drawn.bars.map(({ contestant, value }, at) => {
    const top = y + 32 + at * ROW
    const length = Math.max(1, Math.round((value / longest) * BAR))
    const isOwn = contestant.startsWith('wsrv')
    return `<g${isOwn ? ' class="own"' : ''}>
<text x="${x + LABEL - 6}" y="${top + 12}" text-anchor="end">${contestant}</text>
<rect x="${x + LABEL}" y="${top}" width="${length}" height="${ROW - 5}" rx="2"/>
<text x="${x + LABEL + length + 5}" y="${top + 12}">${value < 10 ? value.toFixed(1) : Math.round(value)}</text>
</g>`
  })
  const heading = `<text class="heading" x="${x + 8}" y="${y + 18}">${drawn.heading} <tspan class="unit">(${drawn.unit})</tspan></text>`
  return [heading, ...lines].join('\n')
}
