import type { JsonSchema } from '@wsrv/schema'
import { type Alternative, alternativesOf, type ReadOptions } from './alternatives.ts'
import { readAsType, readWithin } from './as-type.ts'
import { isEmpty } from './is-empty.ts'
import { Siblings } from './siblings.ts'
import { type ValueSet, valueSetsOf } from './value-set.ts'

/** Pairs of alternatives that are looked at: a choice of 50 objects. */
const MAX_PAIRS = 2_500

/**
 * The values that peers send of a schema: those that its type takes and its check lets pass. An object may be of one
 * alternative for the type and pass the check by another one, whose check then knows nothing of the bounds within.
 * What a third one declares is looked for only where type and check are of the same: with all pairs a choice of 45 takes 40 s.
 *
 * @returns nothing when there are too many to be looked at.
 */
export function sentSets(
  schema: JsonSchema | boolean,
  { types, isFilled }: Pick<ReadOptions, 'types' | 'isFilled'>,
): readonly ValueSet[] | undefined {
  const checked = alternativesOf(schema, { types, reading: 'sent', isFilled })
  if (checked === undefined || checked.length < 2) return checked?.flatMap(valueSetsOf)
  const typed = alternativesOf(schema, { types, reading: 'type', isFilled })
  if (typed === undefined || typed.length * checked.length > MAX_PAIRS) return undefined
  const siblings = new Siblings(typed, types)
  return checked.flatMap((parts, branch) => {
    const said = saidWithin(parts)
    return valueSetsOf(parts).flatMap((set): readonly ValueSet[] => {
      if ('values' in set || (set.type !== 'object' && set.type !== 'array')) return [set]
      return typed
        .flatMap((type, at) => {
          const pairs = valueSetsOf([...parts, ...withinType(type, said)])
          return at === branch ? pairs.map((pair) => siblings.withTheirs(pair)) : pairs
        })
        .filter((pair) => 'type' in pair && pair.type === set.type && !isEmpty(pair, types))
    })
  })
}

/**
 * A type says no bounds of what is within, either. What the check says of the same place in the same words stays as it is:
 * the values are the same, and equal words are compared fast.
 */
function withinType(type: Alternative, said: ReadonlySet<string>): Alternative {
  return type.map((part) => ({
    ...part,
    schema: readWithin(part.schema, (within, place) => {
      return said.has(wordsOf(within, place)) ? within : readAsType(within)
    }),
  }))
}

/** What a check says of properties and items, with their places. */
function saidWithin(check: Alternative): ReadonlySet<string> {
  const said = new Set<string>()
  for (const { schema, isExcluded } of check) {
    if (isExcluded === true) continue
    readWithin(schema, (within, place) => {
      said.add(wordsOf(within, place))
      return within
    })
  }
  return said
}

function wordsOf(within: JsonSchema | boolean, place: string): string {
  return `${place}: ${JSON.stringify(within)}`
}
