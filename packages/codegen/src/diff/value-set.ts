import type { Alternative, Part } from './alternatives.ts'
import { impliedType } from './as-type.ts'
import { isOfType, isSame } from './matches-value.ts'
import { ANNOTATIONS } from './schema-text.ts'

/** The values of one alternative that are of one type, or a few values one by one. */
export type ValueSet = FiniteSet | TypedSet

/** Values that can be listed. */
export interface FiniteSet {
  readonly values: readonly unknown[]
}

/** Values of one type that do what all parts ask for. */
export interface TypedSet {
  readonly type: 'string' | 'number' | 'integer' | 'object' | 'array'
  readonly parts: Alternative
}

/** The values that match an alternative, by type. May hold a few that do not match: never fewer than do. */
export function valueSetsOf(parts: Alternative): readonly ValueSet[] {
  const own = parts.filter(({ isExcluded }) => isExcluded !== true)
  const listed = own.flatMap(({ schema }) => listOf(schema))[0]
  const valuesOf = (values: readonly unknown[]): FiniteSet => ({
    values: values.filter((value) =>
      parts.every((part) => (part.isExcluded ? !surelyMatches(part, value) : mayMatch(part, value))),
    ),
  })
  if (listed !== undefined) return [valuesOf(listed)]
  return typesOf(own).map((type): ValueSet => {
    if (type === 'null') return valuesOf([null])
    return type === 'boolean' ? valuesOf([true, false]) : { type, parts }
  })
}

/** Whether a value matches what is excluded, where that is a matter of its type or of equality only. */
function surelyMatches(part: Part, value: unknown): boolean {
  const schema: unknown = part.schema
  if (typeof schema !== 'object' || schema === null) return schema === true
  const isPlain = Object.keys(schema).every((keyword) => PLAIN.has(keyword) || ANNOTATIONS.has(keyword))
  return isPlain && mayMatch(part, value)
}

const PLAIN: ReadonlySet<string> = new Set(['type', 'enum', 'const'])

function listOf(schema: Part['schema']): readonly (readonly unknown[])[] {
  if (schema.enum !== undefined) return [schema.enum]
  return 'const' in schema ? [[schema.const]] : []
}

function mayMatch({ schema }: Part, value: unknown): boolean {
  if (schema.enum !== undefined && !schema.enum.some((one) => isSame(one, value))) return false
  if ('const' in schema && !isSame(schema.const, value)) return false
  const isListed = schema.enum !== undefined || 'const' in schema
  const types = schema.type ?? (isListed ? undefined : impliedType(schema))
  return types === undefined || [types].flat().some((type) => isOfType(type, value))
}

type JsonType = TypedSet['type'] | 'null' | 'boolean'

const ALL: readonly JsonType[] = ['null', 'boolean', 'string', 'number', 'object', 'array']

function typesOf(parts: Alternative): readonly JsonType[] {
  return parts.reduce<readonly JsonType[]>((left, { schema }) => {
    const types = schema.type === undefined ? impliedType(schema) : schema.type
    return types === undefined ? left : intersect(left, [types].flat())
  }, ALL)
}

function intersect(left: readonly JsonType[], types: readonly string[]): readonly JsonType[] {
  return left.flatMap((type): readonly JsonType[] => {
    if (types.includes(type)) return [type]
    if (type === 'number' && types.includes('integer')) return ['integer']
    return type === 'integer' && types.includes('number') ? [type] : []
  })
}
