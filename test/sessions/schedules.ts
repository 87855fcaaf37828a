import { World } from './world.ts'

/** What many schedules came to. */
export interface Outcome {
  readonly seeds: number
  /** How often each thing happened. */
  readonly counts: ReadonlyMap<string, number>
  /** What the first violating seed broke, and its trace. */
  readonly violation: { readonly seed: number; readonly why: string; readonly trace: readonly string[] } | undefined
}

/** Runs the schedules of some seeds until one breaks a rule. */
export async function runSchedules(from: number, to: number, steps = 120): Promise<Outcome> {
  const counts = new Map<string, number>()
  for (let seed = from; seed <= to; seed += 1) {
    const world = new World(seed)
    try {
      await world.run(steps)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { seeds: seed - from + 1, counts, violation: { seed, why, trace: world.trace } }
    }
    for (const [what, count] of world.counts) counts.set(what, (counts.get(what) ?? 0) + count)
  }
  return { seeds: to - from + 1, counts, violation: undefined }
}

/** What happened how often, as text. */
export function describeCounts(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')
}
