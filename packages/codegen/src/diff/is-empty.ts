import type { Contract } from '@wsrv/schema'
import { alternativesOf } from './alternatives.ts'
import { ArrayValues } from './array-values.ts'
import { areDisjoint } from './disjoint.ts'
import { rangeOf } from './number-range.ts'
import { type Known, ObjectValues } from './object-values.ts'
import { type TypedSet, valueSetsOf } from './value-set.ts'

/** How deep values are looked into that must be there. */
const MAX_DEPTH = 4

/** Whether a set surely holds nothing: its bounds leave no room, or it needs a part that no value can be. */
export function isEmpty(set: TypedSet, types: Contract['types'], depth: number = MAX_DEPTH): boolean {
  const parts = set.parts.filter(({ isExcluded }) => isExcluded !== true)
  const schemas = parts.map(({ schema }) => schema)
  switch (set.type) {
    case 'string': {
      const longest = Math.min(...schemas.map(({ maxLength = Infinity }) => maxLength))
      return schemas.some(({ minLength = 0 }) => minLength > longest)
    }
    case 'number':
    case 'integer': {
      const { low, high, isLowExcluded, isHighExcluded } = rangeOf(schemas, set.type === 'integer')
      return low > high || (low === high && (isLowExcluded || isHighExcluded))
    }
    case 'array': {
      const array = new ArrayValues(parts)
      if (array.minItems > array.maxItems) return true
      const needed = Array.from({ length: Math.min(array.minItems, array.prefixLength + 1) }, (_, index) => index)
      return needed.some((index) => isNever(array.itemAt(index), types, depth)) || lacksContained(set, types, depth)
    }
    case 'object': {
      const object = new ObjectValues(parts)
      if (object.minCount() > object.maxCount()) return true
      return [...object.names].some((name) => object.isMandatory(name) && isNever(object.valueOf(name), types, depth))
    }
  }
}

/** Whether an array has to contain what none of its elements can be. */
function lacksContained({ parts }: TypedSet, types: Contract['types'], depth: number): boolean {
  if (depth === 0) return false
  const array = new ArrayValues(parts)
  const elements = Array.from({ length: array.prefixLength + 1 }, (_, index) => array.itemAt(index))
  return parts.some(({ schema: { contains, minContains = 1 }, isExcluded }) => {
    if (contains === undefined || minContains === 0 || isExcluded === true) return false
    return elements.every(({ schema }) => {
      const sets = alternativesOf(schema, { types, reading: 'sent', isFilled: false })?.flatMap(valueSetsOf)
      return sets?.every((set) => areDisjoint(set, contains, { one: types, other: types })) ?? false
    })
  })
}

/** Whether no value can match. */
function isNever(known: Known | undefined, types: Contract['types'], depth: number): boolean {
  if (known === undefined || depth === 0) return false
  const alternatives = alternativesOf(known.schema, { types, reading: 'sent', isFilled: known.isFilled })
  const sets = alternatives?.flatMap(valueSetsOf)
  return sets?.every((set) => ('values' in set ? set.values.length === 0 : isEmpty(set, types, depth - 1))) ?? false
}
