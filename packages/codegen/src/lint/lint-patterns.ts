import { guessSearchCost, longestText, MAX_CHECK_STEPS, type SearchCost } from '@wsrv/protocol'
import type { ContractProblem } from '@wsrv/schema'
import type { PatternCost, PatternWitness } from '../pattern/find-pattern-cost.ts'
import type { Lint, LintedSchema } from './linted-schema.ts'

/** What a search may cost without a warning: a millisecond, a twentieth of what the check of a request may. */
const MAX_SILENT_STEPS = MAX_CHECK_STEPS / 20
/** Two ways per character of a text that is no longer take no time worth a warning. */
const HARMLESS_CHARS = Math.floor(Math.log2(MAX_SILENT_STEPS))

/** What {@link lintPatterns} needs beside the schema. */
export interface LintPatternsOptions {
  readonly costOf: (pattern: string) => PatternCost
  /** Patterns that are not refused. */
  readonly allowed: Readonly<Record<string, string>>
}

/** Looks at the patterns of a schema itself, not of its parts: of its text, and of its keys. */
export function lintPatterns(linted: LintedSchema, { costOf, allowed }: LintPatternsOptions): Lint {
  const found = patternsOf(linted.schema).filter(({ pattern }) => !Object.hasOwn(allowed, pattern))
  const lints = found.map((one) => lintPattern(one, linted, costOf(one.pattern)))
  return { problems: lints.flatMap(({ problems }) => problems), warnings: lints.flatMap(({ warnings }) => warnings) }
}

/** The patterns of a schema itself, not of its parts. */
export function patternsOf(schema: object): readonly FoundPattern[] {
  const { pattern, maxLength, patternProperties = {}, propertyNames } = schema as PatternKeywords
  return [
    ...(pattern === undefined ? [] : [{ pattern, maxLength, keyword: 'pattern' }]),
    ...Object.keys(patternProperties).map((key) => {
      return { pattern: key, maxLength: propertyNames?.maxLength, keyword: 'patternProperties' }
    }),
  ]
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
  if (maxLength <= HARMLESS_CHARS) return NOTHING
  const subject = `${path} has the ${keyword === 'pattern' ? 'pattern' : 'key pattern'} ${pattern}`
  if (cost.kind === 'exponential') {
    return { ...NOTHING, problems: [{ ...place, ...sayExponential(subject, cost.witness) }] }
  }
  const search = cost.kind === 'unknown' ? guessSearchCost(pattern) : cost
  const isCheap = search.degree === 1 || maxLength <= longestText(search, MAX_SILENT_STEPS)
  // A linear one is bounded by the size of a message, and what the server sends is not a stranger's.
  if (!isSent || (isCheap && cost.kind !== 'unknown')) return NOTHING
  const dear = { ...place, ...sayDear(subject, cost, { search, keyword }) }
  const isHopeless = longestText(search, MAX_CHECK_STEPS) <= HARMLESS_CHARS
  return isHopeless ? { ...NOTHING, problems: [dear] } : { ...NOTHING, warnings: [dear] }
}

type Saying = Omit<ContractProblem, 'file' | 'exportName'>

function sayExponential(subject: string, { prefix, pump, suffix }: PatternWitness): Saying {
  const times = pump === '' ? 0 : Math.ceil(SHOWN_CHARS / pump.length)
  const text = JSON.stringify(prefix + pump.repeat(times) + suffix)
  const how = pump === '' ? 'it can be read in too many ways' : `each ${JSON.stringify(pump)} more doubles the time`
  return {
    wrong: `${subject}, and to search ${text} for it stops a server: ${how}`,
    expected: 'a pattern that can read any text in one way only',
    advice:
      'Take care that no two repetitions, one within the other or side by side, take the same characters: ^[a-z]+(-[a-z]+)*$ in place of ^([a-z]+-?)+$. If no text can do that, say so in allowPatterns of the config',
  }
}

/** As many as keep a server busy for some seconds. */
const SHOWN_CHARS = 30

interface Search {
  readonly search: SearchCost
  readonly keyword: string
}

function sayDear(subject: string, cost: PatternCost, { search, keyword }: Search): Saying {
  const most = `Servers refuse data with a text of more than ${longestText(search, MAX_CHECK_STEPS)} characters there`
  if (cost.kind === 'unknown') {
    return {
      wrong: `${subject}, which ${cost.reason}: what a search for it costs cannot be known. ${most}`,
      expected: 'another pattern',
      advice: 'Write it without, check it in the handler, or say in allowPatterns of the config why it is harmless',
    }
  }
  const within = keyword === 'pattern' ? '' : ' in propertyNames'
  return {
    wrong: `${subject}, and the time of a search for it grows with power ${search.degree} of the text's length. ${most}`,
    expected: `a maxLength of at most ${longestText(search, MAX_SILENT_STEPS)}${within}, or another pattern`,
    advice: 'Begin the pattern with ^, and keep what follows a repetition from taking its characters',
  }
}
