import type { BuiltContract, PatternCost, Place } from '@wsrv/schema'
import { schemaParts } from '@wsrv/schema'
import type { RunCache } from '../memo.ts'
import { lintPatterns } from './lint-patterns.ts'
import { lintRecursion } from './lint-recursion.ts'
import { type Lint, type LintedSchema, namesIn } from './linted-schema.ts'

/**
 * Looks for schemas that are dear to check. They are no reason to refuse a contract that was released: only what is generated now
 * is looked at.
 *
 * @param costs what earlier runs found out of patterns.
 */
export function lintContract(built: BuiltContract, costs: RunCache<PatternCost>): Lint {
  const { commands, pushes, types } = built.contract
  const sent = namesIn(
    commands.map(({ request }) => request),
    types,
  )
  const placeOf = (cmd: string): Place => built.places.get(cmd) ?? NOWHERE
  const roots: readonly LintedSchema[] = [
    ...commands.flatMap(({ cmd, request, response, errors }) => [
      { schema: request, path: 'request', place: placeOf(cmd), isSent: true },
      { schema: response, path: 'response', place: placeOf(cmd), isSent: false },
      ...Object.entries(errors).map(([name, error]) => {
        return { schema: error.data, path: `errors.${name}.data`, place: placeOf(cmd), isSent: false }
      }),
    ]),
    ...pushes.map(({ cmd, data }) => ({ schema: data, path: 'data', place: placeOf(cmd), isSent: false })),
    ...Object.entries(types).map(([name, schema]) => {
      return { schema, path: name, place: built.typePlaces.get(name) ?? NOWHERE, isSent: sent.has(name) }
    }),
  ]
  const all = roots.flatMap((root) => withParts(root))
  const patterns = all.map((one) => lintPatterns(one, costs))
  return {
    problems: patterns.flatMap(({ problems }) => problems),
    warnings: [...patterns.flatMap(({ warnings }) => warnings), ...lintRecursion(roots, types)],
  }
}

const NOWHERE: Place = { file: '', exportName: '' }

function withParts(one: LintedSchema): readonly LintedSchema[] {
  const parts = schemaParts(one.schema).map(({ schema, path }) => ({ ...one, schema, path: one.path + path }))
  return [one, ...parts.flatMap(withParts)]
}
