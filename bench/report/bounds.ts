import { type Results, spreadIn } from './results.ts'

/** Something that must hold of the results. */
export interface Bound {
  readonly scenario: string
  readonly measure: string
  readonly contestant: string
  /** Who the contestant is compared with; the bound is absolute when left out. */
  readonly against?: string
  /** Most that the median may be: times the other's median, or in the measure's unit. */
  readonly atMost: number
}

/** What wsrv promises. */
export const BOUNDS: readonly Bound[] = [
  ...ratios('small-8', 'cost', 'wsrv', { ws: 0.42, uws: 1.5, 'socket.io': 0.38, trpc: 0.16 }),
  ...ratios('small-1', 'cost', 'wsrv', { ws: 0.95, 'socket.io': 0.8, trpc: 0.3 }),
  ...ratios('large-8', 'cost', 'wsrv', { ws: 0.7 }),
  ...ratios('large-8', 'cost', 'wsrv+bu', { ws: 0.52, uws: 1 }),
  ...ratios('push-5000', 'cost', 'wsrv', { ws: 0.9, 'socket.io': 0.62 }),
  ...ratios('push-8', 'cost', 'wsrv', { ws: 0.18, 'socket.io': 0.15 }),
  ...ratios('idle', 'memory', 'wsrv', { ws: 1.25, 'socket.io': 0.6 }),
  ...ratios('idle', 'connect', 'wsrv', { ws: 1.1, 'socket.io': 0.5 }),
  { scenario: 'heartbeats', measure: 'share', contestant: 'wsrv', atMost: 10 },
  { scenario: 'heartbeats', measure: 'stall', contestant: 'wsrv', atMost: 25 },
  ...ratios('day', 'p50', 'wsrv', { ws: 1.05 }),
  ...ratios('day', 'p99', 'wsrv', { ws: 1.05 }),
]

/** Lines that say of each bound of a scenario whether it is met. */
export function formatBounds(results: Results, scenario: string): string[] {
  return BOUNDS.filter((bound) => bound.scenario === scenario).map((bound) => {
    const found = measured(results, bound)
    const promise = `${bound.contestant} ${bound.measure} ≤ ${bound.atMost}${bound.against ? ` × ${bound.against}` : ''}`
    if (found === undefined) return `  not measured  ${promise}`
    return `  ${found <= bound.atMost ? 'met         ' : 'NOT MET     '}  ${promise}: ${found.toFixed(2)}`
  })
}

function measured(results: Results, { scenario, measure, contestant, against }: Bound): number | undefined {
  const rows = results.scenarios[scenario]?.rows ?? []
  const median = (name: string): number | undefined =>
    spreadIn(
      rows.find((row) => row.contestant === name),
      measure,
    )?.median
  const own = median(contestant)
  const other = against === undefined ? 1 : median(against)
  return own === undefined || other === undefined ? undefined : own / other
}

function ratios(
  scenario: string,
  measure: string,
  contestant: string,
  bounds: Readonly<Record<string, number>>,
): Bound[] {
  return Object.entries(bounds).map(([against, atMost]) => ({ scenario, measure, contestant, against, atMost }))
}
