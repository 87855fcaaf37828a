import type { JsonSchema } from '@wsrv/schema'
import { type FieldShape, readField, resolve, type Types } from './field-shape.ts'

/** Deepest nesting that a new value has; a type that requires itself ends there. */
const MAX_DEPTH = 8

/**
 * A value to begin with: the schema's own default or example, else the least that it asks for. Optional properties are left
 * out, and so are those with a default, which the server fills in.
 */
export function initialValue(schema: JsonSchema, types: Types, depth = 0): unknown {
  const keywords = resolve(schema, types)
  const given = [keywords.default, keywords.examples?.[0]].find((one) => one !== undefined)
  if (given !== undefined) return structuredClone(given)
  const shape = readField(schema, types)
  if (depth >= MAX_DEPTH) return null
  const inner = (one: JsonSchema): unknown => initialValue(one, types, depth + 1)
  switch (shape.kind) {
    case 'object':
      return initialObject(shape, inner)
    case 'array':
      return Array.from({ length: keywords.minItems ?? 0 }, () => inner(shape.items))
    case 'tuple':
      return shape.items.map(inner)
    case 'union':
      return inner(shape.variants[0] ?? {})
    case 'choice':
      return shape.values[0]
    case 'nullable':
    case 'null':
      return null
    case 'text':
      return ''
    case 'number':
      return initialNumber(keywords)
    case 'boolean':
      return false
    case 'json':
      return {}
  }
}

function initialObject({ fields }: FieldShape & { kind: 'object' }, inner: (schema: JsonSchema) => unknown): unknown {
  const required = [...fields].filter(([, { schema, isRequired }]) => isRequired && !('default' in schema))
  return Object.fromEntries(required.map(([name, { schema }]) => [name, inner(schema)]))
}

function initialNumber({ minimum, exclusiveMinimum, maximum = 0 }: ReturnType<typeof resolve>): number {
  if (minimum !== undefined) return minimum
  if (exclusiveMinimum !== undefined) return Math.floor(exclusiveMinimum) + 1
  return Math.min(0, maximum)
}
