import type { JsonSchema } from '@wsrv/schema'
import { alternativesOf, type ReadOptions } from './alternatives.ts'
import { isEmpty } from './is-empty.ts'
import { type ValueSet, valueSetsOf } from './value-set.ts'

/** Pairs of alternatives that are looked at: a choice of 50 objects. */
const MAX_PAIRS = 2_500

/**
 * The values that peers send of a schema: those that its type takes and its check lets pass. An object may be of one
 * alternative for the type and pass the check by another one.
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
  return checked.flatMap((parts) =>
    valueSetsOf(parts).flatMap((set): readonly ValueSet[] => {
      if ('values' in set || (set.type !== 'object' && set.type !== 'array')) return [set]
      return typed
        .flatMap((type) => valueSetsOf([...parts, ...type]))
        .filter((pair) => 'type' in pair && pair.type === set.type && !isEmpty(pair, types))
    }),
  )
}
