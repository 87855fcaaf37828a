import { MAX_CHECK_STEPS } from '@wsrv/protocol'
import {
  type ContractProblem,
  findPatternCost,
  longestText,
  type PatternCost,
  type PatternWitness,
  searchSteps,
} from '@wsrv/schema'
import type { RunCache } from '../memo.ts'
import type { Lint, LintedSchema } from './linted-schema.ts'

/** What a search may cost without a word about it: a millisecond, a twentieth of what the check of a request may. */
const MAX_SILENT_STEPS = MAX_CHECK_STEPS / 20

/** Looks at the patterns of a schema itself, not of its parts: of its text, and of its keys. */
export function lintPatterns(linted: LintedSchema, costs: RunCache<PatternCost>): Lint {
  const { pattern, maxLength, patternProperties = {}, propertyNames } = linted.schema as PatternKeywords
  const found = [
    ...(pattern === undefined ? [] : [{ pattern, maxLength, keyword: 'pattern' }]),
    ...Object.keys(patternProperties).map((key) => {
      return { pattern: key, maxLength: propertyNames?.maxLength, keyword: 'patternProperties' }
    }),
  ]
  const lints = found.map((one) => {
    const cost = costs.getOrMake(one.pattern, () => findPatternCost(one.pattern))
    return lintPattern(one, linted, cost)
  })
  return { problems: lints.flatMap(({ problems }) => problems), warnings: lints.flatMap(({ warnings }) => warnings) }
}

interface PatternKeywords {
  readonly pattern?: string
  readonly maxLength?: number
  readonly patternProperties?: Readonly<Record<string, unknown>>
  readonly propertyNames?: { readonly maxLength?: number }
}

interface FoundPattern {
  readonly pattern: string
  readonly maxLength: number | undefined
  readonly keyword: string
}

const NOTHING: Lint = { problems: [], warnings: [] }

function lintPattern(
  { pattern, maxLength = Infinity, keyword }: FoundPattern,
  { path, place, isSent }: LintedSchema,
  cost: PatternCost,
): Lint {
  if (searchSteps(cost, maxLength) <= MAX_SILENT_STEPS) return NOTHING
  const subject = `${path} has the ${keyword === 'pattern' ? 'pattern' : 'key pattern'} ${pattern}`
  const at = (problem: Omit<ContractProblem, 'file' | 'exportName'>): ContractProblem => ({ ...place, ...problem })
  if (cost.kind === 'exponential') return { ...NOTHING, problems: [at(sayExponential(subject, cost.witness))] }
  // A linear one is bounded by the size of a message, and what the server sends is not a stranger's.
  if (!isSent || (cost.kind === 'polynomial' && cost.degree === 1)) return NOTHING
  return { ...NOTHING, warnings: [at(sayDear(subject, cost, keyword))] }
}

type Saying = Omit<ContractProblem, 'file' | 'exportName'>

function sayExponential(subject: string, { prefix, pump, suffix }: PatternWitness): Saying {
  const times = Math.ceil(SHOWN_CHARS / pump.length)
  const witness = JSON.stringify(prefix + pump.repeat(times) + suffix)
  return {
    wrong: `${subject}, and to search ${witness} for it stops a server: each ${JSON.stringify(pump)} more doubles the time`,
    expected: 'a pattern that can read any text in one way only',
    advice:
      'Take care that no two repetitions, one within the other or side by side, take the same characters: ^[a-z]+(-[a-z]+)*$ in place of ^([a-z]+-?)+$',
  }
}

/** As many as keep a server busy for some seconds. */
const SHOWN_CHARS = 30

function sayDear(subject: string, cost: PatternCost, keyword: string): Saying {
  const longest = longestText(cost, MAX_CHECK_STEPS)
  const wrong =
    cost.kind === 'unknown'
      ? `${subject}, which ${cost.reason}: what a search for it costs cannot be known`
      : `${subject}, and the time of a search for it grows with power ${'degree' in cost ? cost.degree : 2} of the text's length`
  return {
    wrong: `${wrong}. Servers refuse data with a text of more than ${longest} characters there`,
    expected: `a maxLength of at most ${longestText(cost, MAX_SILENT_STEPS)}${keyword === 'pattern' ? '' : ' in propertyNames'}, or another pattern`,
    advice:
      cost.kind === 'unknown'
        ? 'Write it without, or check it in the handler'
        : 'Begin the pattern with ^, and keep what follows a repetition from taking its characters',
  }
}
