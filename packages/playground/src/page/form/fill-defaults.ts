import type { JsonSchema } from '@wsrv/schema'
import { readField, resolve, type Types } from './field-shape.ts'
import { isObject } from './pick-variant.ts'

/** A value with the defaults of absent properties filled in, as a server does before it checks. PROTOCOL.md §Request. */
export function fillDefaults(schema: JsonSchema, value: unknown, types: Types): unknown {
  const shape = readField(schema, types)
  if (shape.kind === 'array' && Array.isArray(value)) {
    return value.map((item) => fillDefaults(shape.items, item, types))
  }
  if (shape.kind !== 'object' || !isObject(value)) return value
  const filled: Record<string, unknown> = { ...value }
  for (const [name, { schema: property }] of shape.fields) {
    const { default: byDefault } = resolve(property, types)
    if (Object.hasOwn(value, name)) filled[name] = fillDefaults(property, value[name], types)
    else if (byDefault !== undefined) filled[name] = byDefault
  }
  return filled
}
