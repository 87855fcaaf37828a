import { findPatternCost, type PatternCost, searchSteps } from '@wsrv/schema'

/** What searches for the patterns of a schema cost; each pattern is looked into once, when it is first met. */
export class PatternCosts {
  readonly #costs = new Map<string, PatternCost>()

  costOf(pattern: string): PatternCost {
    const cost = this.#costs.get(pattern) ?? findPatternCost(pattern)
    this.#costs.set(pattern, cost)
    return cost
  }

  /** What it costs at most to search a text of some length, in steps of {@link CheckBudget}; nothing where it is not worth counting. */
  stepsOf(pattern: string, chars: number): number {
    const cost = this.costOf(pattern)
    return chars > freeChars(cost) ? searchSteps(cost, chars) : 0
  }
}

/** Texts of so many characters cost nothing worth counting. */
export function freeChars(cost: PatternCost): number {
  const isUsual = cost.kind === 'unknown' || (cost.kind === 'polynomial' && cost.degree <= 2)
  return isUsual ? SHORT_CHARS : 0
}

/** Whether the search reads a text once, whatever stands there. */
export function isLinear(cost: PatternCost): boolean {
  return cost.kind === 'polynomial' && cost.degree === 1
}

/** Strings that are shorter cost nothing worth counting, whatever the pattern: nor do most patterns meet any other. */
export const SHORT_CHARS = 64

/** What a validator's own formats cost per character. */
export function formatSteps(format: string, chars: number): number {
  return chars * (DEAR_FORMATS.get(format) ?? 1)
}

/** Measured on 200,000 characters of the worst kind: a regular expression is parsed, names are split and decoded. */
const DEAR_FORMATS: ReadonlyMap<string, number> = new Map([
  ['regex', 60],
  ['date-time', 30],
  ['idn-hostname', 20],
])
