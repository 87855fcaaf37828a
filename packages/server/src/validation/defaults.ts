import type { Contract, JsonSchema } from '@wsrv/schema'

/** Writes a schema's defaults into a request's data, in place. */
export type DefaultsFiller = (data: unknown) => void

/**
 * Makes the filler of a request's schema, or `undefined` when it has no default: then requests cost nothing.
 *
 * Absent properties get their `default`, in nested objects, array items and all parts of an `allOf` too. Alternatives
 * (`anyOf`, `oneOf`) are left alone: which of them is meant is not known before the check.
 */
export function createDefaultsFiller(schema: JsonSchema, types: Contract['types']): DefaultsFiller | undefined {
  if (!hasDefaults(schema, types, new Set())) return undefined
  return (data) => fill(schema, types, data)
}

/** The keywords of a schema that lead to defaults. */
interface Schema {
  readonly $ref?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
}

const TYPE_REF = '#/$defs/'

function resolve(schema: Schema, types: Contract['types']): Schema {
  if (schema.$ref?.startsWith(TYPE_REF) !== true) return schema
  return types[schema.$ref.slice(TYPE_REF.length)] ?? {}
}

function hasDefaults(reference: Schema, types: Contract['types'], seen: Set<Schema>): boolean {
  const schema = resolve(reference, types)
  if (seen.has(schema)) return false
  seen.add(schema)
  const properties = Object.values(schema.properties ?? {})
  if (properties.some((property) => property.default !== undefined)) return true
  const items = schema.items === undefined ? [] : [schema.items]
  return [...properties, ...items, ...(schema.allOf ?? [])].some((part) => hasDefaults(part, types, seen))
}

function fill(reference: Schema, types: Contract['types'], value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const schema = resolve(reference, types)
  for (const part of schema.allOf ?? []) fill(part, types, value)
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const item of value) fill(schema.items, types, item)
    return
  }
  fillProperties(schema.properties ?? {}, types, value as Record<string, unknown>)
}

function fillProperties(
  properties: NonNullable<Schema['properties']>,
  types: Contract['types'],
  value: Record<string, unknown>,
): void {
  for (const [name, property] of Object.entries(properties)) {
    if (Object.hasOwn(value, name)) fill(property, types, value[name])
    // Cloned, or a handler that changes its data would change every later request's.
    else if (property.default !== undefined) value[name] = structuredClone(property.default)
  }
}
