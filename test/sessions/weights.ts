/** How often each thing happens; each seed leaves some out. */
export const WEIGHTS = {
  c2s: 14,
  s2c: 12,
  verdict: 6,
  time: 5,
  notice: 4,
  call: 7,
  finish: 5,
  give: 1,
  push: 7,
  broadcast: 2,
  cutClient: 3,
  cutServer: 2,
  abandon: 2,
  stall: 0.7,
  garble: 1.5,
  steal: 1.5,
  identity: 0.5,
  restart: 0.3,
  close: 0.3,
} as const

/** What can happen. */
export type Kind = keyof typeof WEIGHTS
const ALWAYS: ReadonlySet<Kind> = new Set(['c2s', 's2c', 'verdict', 'time', 'notice'])

/** The weights of one seed. */
export function drawWeights(random: () => number): Readonly<Record<Kind, number>> {
  return Object.fromEntries(
    Object.entries(WEIGHTS).map(([kind, weight]) => {
      if (ALWAYS.has(kind as Kind)) return [kind, weight * (0.3 + random())]
      return [kind, random() < 0.45 ? 0 : weight * (0.3 + 2 * random())]
    }),
  ) as Record<Kind, number>
}
