import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Alternative, alternativesOf, type Part } from './alternatives.ts'
import { isOfType, isSame } from './matches-value.ts'
import { rangeOf } from './number-range.ts'
import { ObjectValues } from './object-values.ts'
import { type TypedSet, type ValueSet, valueSetsOf } from './value-set.ts'

/** The types that a set's schemas refer to, and those of the other schema. */
interface BothTypes {
  readonly one: Contract['types']
  readonly other: Contract['types']
}

/** How deep properties are looked into for one that tells objects apart. */
const MAX_DEPTH = 3

/** Whether surely no value of a set matches a schema. */
export function areDisjoint(
  set: ValueSet,
  schema: JsonSchema | boolean,
  types: BothTypes,
  depth: number = MAX_DEPTH,
): boolean {
  const alternatives = alternativesOf(schema, { types: types.other, reading: 'check', isFilled: false })
  return alternatives?.every((parts) => parts.some((part) => contradicts(set, part, types, depth))) ?? false
}

function contradicts(set: ValueSet, { schema, isExcluded }: Part, types: BothTypes, depth: number): boolean {
  if (isExcluded === true) return false
  const listed = schema.enum ?? ('const' in schema ? [schema.const] : undefined)
  if ('values' in set) {
    if (listed !== undefined) return !listed.some((one) => set.values.some((value) => isSame(one, value)))
    return set.values.every((value) => isOfAnother(schema.type, value))
  }
  if (listed !== undefined) return listed.every((value) => !mayHold(set, value))
  if (schema.type !== undefined && !overlaps(set.type, [schema.type].flat())) return true
  if (set.type === 'number' || set.type === 'integer') return areApart(set, schema)
  return set.type === 'object' && depth > 0 && hasTellingProperty(set.parts, schema, types, depth)
}

function isOfAnother(type: string | readonly string[] | undefined, value: unknown): boolean {
  return type !== undefined && ![type].flat().some((one) => isOfType(one, value))
}

/** Whether a value may be in a set: its type is all that is looked at. */
function mayHold({ type, parts }: TypedSet, value: unknown): boolean {
  if (!isOfType(type, value)) return false
  if (type !== 'string' || typeof value !== 'string') return true
  return parts.every(({ schema: { pattern }, isExcluded }) => {
    return isExcluded === true || pattern === undefined || new RegExp(pattern, 'u').test(value)
  })
}

function overlaps(type: string, types: readonly string[]): boolean {
  const isNumeric = (one: string): boolean => one === 'number' || one === 'integer'
  return types.some((one) => one === type || (isNumeric(one) && isNumeric(type)))
}

function areApart({ type, parts }: TypedSet, schema: Part['schema']): boolean {
  const own = parts.filter(({ isExcluded }) => isExcluded !== true).map((part) => part.schema)
  const [one, other] = [rangeOf(own, type === 'integer'), rangeOf([schema], false)]
  return one.low > other.high || one.high < other.low
}

/** Whether objects always have a property that the schema refuses, or lack one that it wants. */
function hasTellingProperty(parts: Alternative, schema: Part['schema'], types: BothTypes, depth: number): boolean {
  const object = new ObjectValues(parts)
  const { required = [], properties = {}, patternProperties, additionalProperties } = schema
  if (required.some((name) => object.valueOf(name)?.schema === false)) return true
  return [...object.names].some((name) => {
    if (!object.isMandatory(name)) return false
    if (!Object.hasOwn(properties, name)) return additionalProperties === false && patternProperties === undefined
    const value = object.valueOf(name)?.schema ?? true
    const sets = alternativesOf(value, { types: types.one, reading: 'check', isFilled: false })?.flatMap(valueSetsOf)
    const wanted = properties[name] ?? true
    return sets?.every((set) => areDisjoint(set, wanted, types, depth - 1)) ?? false
  })
}
