import type { Contract } from '@wsrv/schema'
import { alternativesOf, type Part } from './alternatives.ts'
import { ArrayValues } from './array-values.ts'
import { areDisjoint } from './disjoint.ts'
import { type NumberRange, rangeOf } from './number-range.ts'
import { type Known, ObjectValues } from './object-values.ts'
import { ANNOTATIONS } from './schema-text.ts'
import { type TypedSet, valueSetsOf } from './value-set.ts'

/** How deep values are looked into that must be there. */
const MAX_DEPTH = 4

/** Schemas of values around, as text. A value that needs one like itself inside has no end, so it does not exist. */
type Around = readonly string[]

/** Whether a set surely holds nothing: its bounds leave no room, or it needs a part that no value can be. */
export function isEmpty(set: TypedSet, types: Contract['types'], around: Around = []): boolean {
  const parts = set.parts.filter(({ isExcluded }) => isExcluded !== true)
  if (set.parts.some((part) => part.isExcluded === true && isAllExcluded(set.type, part.schema))) return true
  const schemas = parts.map(({ schema }) => schema)
  switch (set.type) {
    case 'string': {
      const longest = Math.min(...schemas.map(({ maxLength = Infinity }) => maxLength))
      return schemas.some(({ minLength = 0 }) => minLength > longest)
    }
    case 'number':
    case 'integer': {
      const range = rangeOf(schemas, set.type === 'integer')
      return isRangeEmpty(range) || schemas.some(({ multipleOf }) => lacksMultiple(range, multipleOf))
    }
    case 'array': {
      const array = new ArrayValues(parts)
      if (array.minItems > array.maxItems) return true
      const needed = Array.from({ length: Math.min(array.minItems, array.prefixLength + 1) }, (_, index) => index)
      return needed.some((index) => isNever(array.itemAt(index), types, around)) || lacksContained(set, types, around)
    }
    case 'object': {
      const object = new ObjectValues(parts)
      if (object.minCount() > object.maxCount()) return true
      return [...object.names].some((name) => object.isMandatory(name) && isNever(object.valueOf(name), types, around))
    }
  }
}

/** Whether what is excluded is all values of a type. */
function isAllExcluded(type: TypedSet['type'], excluded: Part['schema'] | boolean): boolean {
  if (typeof excluded === 'boolean') return excluded
  const { type: types = type, ...rest } = excluded
  if (Object.keys(rest).some((keyword) => !ANNOTATIONS.has(keyword))) return false
  return [types].flat().some((one) => one === type || (one === 'number' && type === 'integer'))
}

/** Whether an array has to contain what none of its elements can be. */
function lacksContained({ parts }: TypedSet, types: Contract['types'], around: Around): boolean {
  if (around.length === MAX_DEPTH) return false
  const array = new ArrayValues(parts)
  const elements = Array.from({ length: array.prefixLength + 1 }, (_, index) => array.itemAt(index))
  return parts.some(({ schema: { contains, minContains = 1 }, isExcluded }) => {
    if (contains === undefined || minContains === 0 || isExcluded === true) return false
    if (isNever({ schema: contains, isFilled: false }, types, around)) return true
    return elements.every(({ schema }) => {
      const sets = alternativesOf(schema, { types, reading: 'sent', isFilled: false })?.flatMap(valueSetsOf)
      return sets?.every((set) => areDisjoint(set, contains, { one: types, other: types })) ?? false
    })
  })
}

/** Whether surely no value can match. */
export function isNever(known: Known | undefined, types: Contract['types'], around: Around = []): boolean {
  if (known === undefined) return false
  const text = JSON.stringify(known)
  if (around.includes(text)) return true
  if (around.length === MAX_DEPTH) return false
  const alternatives = alternativesOf(known.schema, { types, reading: 'sent', isFilled: known.isFilled })
  const sets = alternatives?.flatMap(valueSetsOf)
  const inside = [...around, text]
  return sets?.every((set) => ('values' in set ? set.values.length === 0 : isEmpty(set, types, inside))) ?? false
}

function isRangeEmpty({ low, high, isLowExcluded, isHighExcluded }: NumberRange): boolean {
  return low > high || (low === high && (isLowExcluded || isHighExcluded))
}

/** Whether no multiple lies within a range; validators forgive what a double cannot hold, and so does this. */
function lacksMultiple({ low, high, isLowExcluded, isHighExcluded }: NumberRange, of: number | undefined): boolean {
  if (of === undefined) return false
  const first = Math.ceil(low / of - ROUNDING)
  const last = Math.floor(high / of + ROUNDING)
  const isFirstOut = isLowExcluded && first * of === low
  const isLastOut = isHighExcluded && last * of === high
  return first + Number(isFirstOut) > last - Number(isLastOut)
}

const ROUNDING = 1e-9
