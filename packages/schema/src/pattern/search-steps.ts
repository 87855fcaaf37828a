import type { PatternCost } from './find-pattern-cost.ts'

/**
 * What it costs at most to search a text for a pattern, in steps of some 5 ns, the unit of `MAX_CHECK_STEPS`.
 *
 * A pattern of which nothing is known counts as one of degree 2.
 *
 * @param chars length of the text.
 */
export function searchSteps(cost: PatternCost, chars: number): number {
  if (cost.kind === 'exponential') return 2 ** chars
  const degree = cost.kind === 'unknown' ? 2 : cost.degree
  return degree === 1 ? chars : chars ** degree / factorial(degree) / CHARS_PER_STEP
}

/** The longest text whose search costs no more than so many steps. */
export function longestText(cost: PatternCost, steps: number): number {
  if (cost.kind === 'exponential') return Math.floor(Math.log2(steps))
  const degree = cost.kind === 'unknown' ? 2 : cost.degree
  return Math.floor(degree === 1 ? steps : (steps * factorial(degree) * CHARS_PER_STEP) ** (1 / degree))
}

function factorial(of: number): number {
  return of <= 1 ? 1 : of * factorial(of - 1)
}

/** A way that is tried costs about half a step per character. */
const CHARS_PER_STEP = 2
