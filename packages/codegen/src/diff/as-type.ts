import type { Contract, JsonSchema } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { readTemplatePattern } from '../model/template-pattern.ts'
import type { Constraints } from './constraints.ts'

/**
 * What a generated type says of a schema: no bounds, no formats, and nothing against properties that it does not know. That
 * a number is an integer its documentation says, and its readers rely on it.
 */
export function asType(own: Constraints): Constraints {
  if (own.enum !== undefined) return { enum: own.enum }
  if ('const' in own) return { const: own.const }
  const { type, properties, required, patternProperties, additionalProperties, items, prefixItems, pattern } = own
  const implied = impliedType(own)
  const types = [type ?? implied ?? []].flat()
  return {
    ...(types.length > 0 && { type: types }),
    ...(properties !== undefined && { properties }),
    ...(required !== undefined && { required: required.filter((name) => properties?.[name] !== undefined) }),
    ...(patternProperties !== undefined && { patternProperties }),
    ...(typeof additionalProperties === 'object' && { additionalProperties }),
    ...(items !== undefined && { items }),
    ...(prefixItems !== undefined && { prefixItems, minItems: Math.min(own.minItems ?? 0, prefixItems.length) }),
    ...(pattern !== undefined && readTemplatePattern(pattern) !== undefined && { pattern }),
  }
}

/** A schema that lists properties or items and forgets `type` means objects or arrays; generated types say so. */
export function impliedType({ properties, patternProperties, items, prefixItems }: Keywords): string | undefined {
  if (properties !== undefined || patternProperties !== undefined) return 'object'
  return items !== undefined || prefixItems !== undefined ? 'array' : undefined
}

/**
 * A schema's own words at every depth as a generated type says them. A reference becomes one to the type's own reading,
 * which {@link withTypeReadings} puts beside the type.
 */
export function readAsType(schema: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof schema === 'boolean') return schema
  const known = READINGS.get(schema)
  if (known !== undefined) return known
  const reading = readNew(schema)
  READINGS.set(schema, reading)
  return reading
}

/** Schemas are read once: each branch of a choice is looked at beside all others. */
const READINGS = new WeakMap<JsonSchema, JsonSchema>()

function readNew(schema: JsonSchema): JsonSchema {
  const { $ref, allOf = [], anyOf, oneOf, if: condition, then, else: otherwise, not, ...own } = schema as Constraints
  if (not !== undefined && Object.keys(not).length === 0) return { not }
  const isBranched = condition !== undefined && then !== undefined && otherwise !== undefined
  const choices = [anyOf, oneOf, isBranched ? [then, otherwise] : undefined].filter((choice) => choice !== undefined)
  const parts = [
    ...($ref === undefined ? [] : [{ $ref: $ref.endsWith(AS_TYPE) ? $ref : `${$ref}${AS_TYPE}` }]),
    ...allOf.map((part) => readAsType(part)),
    ...choices.map((choice) => ({ anyOf: choice.map((branch) => readAsType(branch)) })),
  ]
  const plain = { ...readWithin(asType(own), readAsType), ...('default' in own && { default: own.default }) }
  return parts.length === 0 ? plain : { ...plain, allOf: parts }
}

/** What stands behind a type's name for its reading, such as an author would not write. */
const AS_TYPE = ' as type'

/** @param place where the schema is: equal places of two schemas are about the same values. */
type Read = (schema: JsonSchema | boolean, place: string) => JsonSchema | boolean

/** A schema whose properties and items are read in some way. */
export function readWithin(schema: Constraints, read: Read): Constraints {
  const { properties, patternProperties, additionalProperties, items, prefixItems } = schema
  const named = JSON.stringify([properties, patternProperties].map((schemas = {}) => Object.keys(schemas)))
  return {
    ...schema,
    ...(properties !== undefined && { properties: readEach(properties, 'property', read) }),
    ...(patternProperties !== undefined && { patternProperties: readEach(patternProperties, 'pattern', read) }),
    ...(additionalProperties !== undefined && { additionalProperties: read(additionalProperties, `not ${named}`) }),
    ...(items !== undefined && { items: read(items, `items from ${prefixItems?.length ?? 0}`) }),
    ...(prefixItems !== undefined && {
      prefixItems: prefixItems.map((element, index) => read(element, `item ${index}`) as JsonSchema),
    }),
  }
}

type Schemas = Readonly<Record<string, JsonSchema>>

function readEach(schemas: Schemas, kind: string, read: Read): Schemas {
  const entries = Object.entries(schemas)
  return Object.fromEntries(entries.map(([name, schema]) => [name, read(schema, `${kind} ${name}`) as JsonSchema]))
}

type Types = Contract['types']

/** The types of a contract, each with its reading beside it. */
export function withTypeReadings(types: Types): Types {
  const known = TYPE_READINGS.get(types)
  if (known !== undefined) return known
  const readings = Object.entries(types).map(([name, schema]) => [
    `${name}${AS_TYPE}`,
    readAsType(schema) as JsonSchema,
  ])
  const both: Types = { ...types, ...Object.fromEntries(readings) }
  TYPE_READINGS.set(types, both)
  return both
}

/** A contract has its readings once for all its messages. */
const TYPE_READINGS = new WeakMap<Types, Types>()
