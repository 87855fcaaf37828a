import { guessSearchCost, longestText, type SearchCost } from '@wsrv/protocol'

/** What searches cost, by pattern, as the contract says; of others it is guessed. */
export type SearchCosts = Readonly<Record<string, SearchCost>>

/** What a search for a pattern costs at most. */
export function searchCostOf(pattern: string, costs: SearchCosts): SearchCost {
  const known = Object.hasOwn(costs, pattern) ? costs[pattern] : undefined
  return known ?? guessSearchCost(pattern)
}

/** Texts of so many characters cost nothing worth counting: most patterns meet no others. */
export function freeChars(cost: SearchCost): number {
  return Math.min(SHORT_CHARS, longestText(cost, FREE_STEPS))
}

/** Strings that are shorter cost no format anything worth counting. */
export const SHORT_CHARS = 64

/** Some 25 µs. */
const FREE_STEPS = 5_000

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
