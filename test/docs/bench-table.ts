import { readResults, spreadIn } from '../../bench/report/results.ts'
import { table } from './table.ts'

/** The contestants a reader knows, by their names in the bench. */
const CONTESTANTS = {
  wsrv: 'wsrv',
  ws: '`ws` + JSON',
  uws: 'uWebSockets',
  'socket.io': 'socket.io',
  trpc: 'tRPC',
} as const

/** What is shown of each scenario. */
const ROWS = [
  ['small-8', 'a call, 64 connections × 8 in flight', 'cost'],
  ['small-1', 'a call, 64 connections × 1 in flight', 'cost'],
  ['large-8', 'a call of 4 KiB, 64 × 8', 'cost'],
  ['push-5000', 'a push, one to each of 5,000', 'cost'],
  ['push-8', 'a push, eight to each of 1,000', 'cost'],
] as const

/** The bench's medians for the README: server CPU, in µs. */
export function benchTable(): string {
  const { scenarios } = readResults()
  const rows = ROWS.map(([name, words, measure]) => [
    words,
    ...Object.keys(CONTESTANTS).map((contestant) => {
      const row = scenarios[name]?.rows.find((one) => one.contestant === contestant)
      return spreadIn(row, measure)?.median.toPrecision(2) ?? '–'
    }),
  ])
  return table(['server CPU, µs', ...Object.values(CONTESTANTS)], rows)
}
