import { guessSearchCost, type SearchCost } from '@wsrv/protocol'
import { type BuiltContract, type Place, schemaParts } from '@wsrv/schema'
import type { RunCache } from '../memo.ts'
import { findPatternCost, type PatternCost } from '../pattern/find-pattern-cost.ts'
import { lintPatterns, patternsOf } from './lint-patterns.ts'
import { lintRecursion } from './lint-recursion.ts'
import { type ContractLint, type LintedSchema, namesIn } from './linted-schema.ts'

/** What {@link lintContract} needs beside the contract. */
export interface LintOptions {
  /** What earlier runs found out of patterns. */
  readonly costs: RunCache<PatternCost>
  /** Patterns that are not refused, each with the reason. */
  readonly allowed: Readonly<Record<string, string>>
}

/**
 * Looks for schemas that are dear to check. A contract that was released is not refused for them: only what is generated now
 * is looked at.
 */
export function lintContract(built: BuiltContract, { costs, allowed }: LintOptions): ContractLint {
  const { types } = built.contract
  const costOf = (pattern: string): PatternCost => costs.getOrMake(pattern, () => findPatternCost(pattern))
  const roots = rootsOf(built)
  const all = roots.flatMap((root) => withParts(root))
  const lints = all.map((one) => lintPatterns(one, { costOf, allowed }))
  const sent = all.filter(({ isSent }) => isSent).flatMap(({ schema }) => patternsOf(schema))
  return {
    problems: lints.flatMap(({ problems }) => problems),
    warnings: [...lints.flatMap(({ warnings }) => warnings), ...lintRecursion(roots, types)],
    patterns: costsToTell(new Set(sent.map(({ pattern }) => pattern)), costOf),
  }
}

function rootsOf({ contract, places, presencePlace = NOWHERE, typePlaces }: BuiltContract): readonly LintedSchema[] {
  const { commands, pushes, presence, types } = contract
  const sent = namesIn(
    commands.map(({ request }) => request),
    types,
  )
  const placeOf = (cmd: string): Place => places.get(cmd) ?? NOWHERE
  return [
    ...commands.flatMap(({ cmd, request, response, stream, errors }) => [
      { schema: request, path: 'request', place: placeOf(cmd), isSent: true },
      { schema: response, path: 'response', place: placeOf(cmd), isSent: false },
      ...(stream === undefined ? [] : [{ schema: stream, path: 'stream', place: placeOf(cmd), isSent: false }]),
      ...Object.entries(errors).map(([name, error]) => {
        return { schema: error.data, path: `errors.${name}.data`, place: placeOf(cmd), isSent: false }
      }),
    ]),
    ...pushes.map(({ cmd, data }) => ({ schema: data, path: 'data', place: placeOf(cmd), isSent: false })),
    ...(presence === undefined ? [] : [{ schema: presence, path: 'value', place: presencePlace, isSent: false }]),
    ...Object.entries(types).map(([name, schema]) => {
      return { schema, path: name, place: typePlaces.get(name) ?? NOWHERE, isSent: sent.has(name) }
    }),
  ]
}

const NOWHERE: Place = { file: '', exportName: '' }

function withParts(one: LintedSchema): readonly LintedSchema[] {
  const parts = schemaParts(one.schema).map(({ schema, path }) => ({ ...one, schema, path: one.path + path }))
  return [one, ...parts.flatMap(withParts)]
}

function costsToTell(
  patterns: ReadonlySet<string>,
  costOf: (pattern: string) => PatternCost,
): Readonly<Record<string, SearchCost>> | undefined {
  const entries = [...patterns].sort().flatMap((pattern): readonly (readonly [string, SearchCost])[] => {
    const cost = costOf(pattern)
    if (cost.kind !== 'polynomial') return []
    const { degree, factor } = cost
    const guess = guessSearchCost(pattern)
    return degree === guess.degree && factor === guess.factor ? [] : [[pattern, { degree, factor }]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
