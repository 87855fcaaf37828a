/** The middle of some numbers, and how far they spread. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** `undefined` for no numbers. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [min] = sorted
  const max = sorted.at(-1)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (min === undefined || max === undefined || upper === undefined || lower === undefined) return undefined
  return { median: (lower + upper) / 2, min, max }
}
