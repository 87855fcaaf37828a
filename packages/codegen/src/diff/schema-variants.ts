import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { matchesPart } from './matches-value.ts'
import { mergeKeywords } from './merge-keywords.ts'
import { withoutTypeName, withTypeName } from './shared-type.ts'

type Types = Contract['types']

/** Alternatives that are multiplied out at most; what has more is compared as it is written. */
const MAX_ALTERNATIVES = 256

/** The alternatives that a schema is a choice of, each of one type or one value; what stands beside a choice is in each. */
export function variantsOf(schema: JsonSchema, types: Types): readonly Keywords[] {
  return listVariants(schema, types, [])
}

/** @param open names of the types around, of which one cannot be its own alternative. */
function listVariants(schema: JsonSchema, types: Types, open: readonly string[]): readonly Keywords[] {
  const { $ref, allOf = [], anyOf, oneOf, ...own } = schema as Keywords
  const choices = [
    splitOwn(own, types),
    ...($ref === undefined ? [] : [variantsOfType(typeNameOf($ref), types, open)]),
    ...allOf.map((part) => listVariants(part, types, open)),
    ...[anyOf, oneOf].flatMap((choice) =>
      choice === undefined ? [] : [choice.flatMap((variant) => listVariants(variant, types, open))],
    ),
  ]
  const product = choices.reduce((total, { length }) => total * length, 1)
  const isMultiplied = choices.filter(({ length }) => length > 1).length > 1
  if (isMultiplied && product > MAX_ALTERNATIVES) return [schema]
  return choices.reduce((left, right) => left.flatMap((one) => right.flatMap((other) => merge(one, other, types))))
}

function merge(one: Keywords, other: Keywords, types: Types): readonly Keywords[] {
  if (Object.keys(one).length === 0) return [other]
  const merged = mergeKeywords(one, other, types)
  return merged === undefined ? [] : [withoutTypeName(merged)]
}

function variantsOfType(name: string, types: Types, open: readonly string[]): readonly Keywords[] {
  return open.includes(name) ? [] : withTypeName(listVariants(types[name] ?? {}, types, [...open, name]), name)
}

/** A schema without combinators, as a variant for each of its types or values. */
function splitOwn(schema: Keywords, types: Types): readonly Keywords[] {
  if (schema.not !== undefined && Object.keys(schema.not).length === 0) return []
  const values = schema.enum ?? ('const' in schema ? [schema.const] : undefined)
  const options = { types, reading: 'check', isFilled: false } as const
  if (values !== undefined) {
    return values
      .filter((value) => matchesPart({ schema, isFilled: false }, value, options) !== false)
      .map(valueVariant)
  }
  if (schema.type === undefined) return [schema]
  return [schema.type].flat().flatMap((type) => (type === 'boolean' ? BOOLEANS : [{ ...schema, type }]))
}

const BOOLEANS: readonly Keywords[] = [{ const: true }, { const: false }]

function valueVariant(value: unknown): Keywords {
  return value === null ? { type: 'null' } : { const: value }
}

/** What a variant is known by among its siblings: its value, its type, or an object's discriminating property. */
export function keyOf(variant: Keywords): string {
  if ('const' in variant) return `value ${JSON.stringify(variant.const)}`
  const type = typeOf(variant)
  return type === 'object' ? `object${discriminatorOf(variant)}` : type
}

/** The JSON type of a variant's values; `anything` when it does not say. */
export function typeOf({ type, properties, ...others }: Keywords): string {
  if ('const' in others) return jsonTypeOf(others.const)
  if (properties !== undefined) return 'object'
  return typeof type === 'string' ? type : 'anything'
}

function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Number.isInteger(value)) return 'integer'
  return Array.isArray(value) ? 'array' : typeof value
}

function discriminatorOf({ properties = {}, required = [] }: Keywords): string {
  const found = Object.entries(properties).find(([name, schema]) => required.includes(name) && 'const' in schema)
  return found === undefined ? '' : ` ${found[0]} ${JSON.stringify((found[1] as Keywords).const)}`
}

/** Variants in a few words: `integer | "text" | object (kind "text")`. */
export function describeVariants(variants: readonly Keywords[]): string {
  const keys = variants.map(describeVariant)
  const isBoolean = keys.includes('true') && keys.includes('false')
  const words = isBoolean ? ['boolean', ...keys.filter((key) => key !== 'true' && key !== 'false')] : keys
  return words.join(' | ') || 'never'
}

function describeVariant(variant: Keywords): string {
  if ('const' in variant) return JSON.stringify(variant.const)
  const key = keyOf(variant)
  return key.startsWith('object ') ? `object (${key.slice('object '.length)})` : key
}
