import { MAX_DEFAULTS } from '@wsrv/protocol'
import type { Contract, JsonSchema } from '@wsrv/schema'
import { resolveRef, type SchemaKeywords, type SubSchema } from './schema-keywords.ts'

/**
 * Writes a schema's defaults into a request's data, in place.
 *
 * @returns false when data lacks more than `MAX_DEFAULTS` values: then some are still missing.
 */
export type DefaultsFiller = (data: unknown) => boolean

/**
 * Makes the filler of a request's schema, or `undefined` when it has no default: then requests cost nothing.
 *
 * Absent properties get their `default`, in nested objects, array items and all parts of an `allOf` too. Alternatives
 * (`anyOf`, `oneOf`) are left alone: which of them is meant is not known before the check. So is what has more items or
 * properties than its schema allows: the check refuses it anyway.
 */
export function createDefaultsFiller(schema: JsonSchema, types: Contract['types']): DefaultsFiller | undefined {
  if (!hasDefaults(schema, types, new Set())) return undefined
  const filler = new Filler(types)
  return (data) => filler.run(schema, data)
}

function hasDefaults(reference: SubSchema, types: Contract['types'], seen: Set<SubSchema>): boolean {
  const schema = resolveRef(reference, types)
  if (typeof schema === 'boolean' || seen.has(schema)) return false
  seen.add(schema)
  const properties = Object.values(schema.properties ?? {})
  if (properties.some((property) => defaultOf(property) !== undefined)) return true
  const items = schema.items === undefined ? [] : [schema.items]
  return [...properties, ...items, ...(schema.allOf ?? [])].some((part) => hasDefaults(part, types, seen))
}

class Filler {
  readonly #types: Contract['types']
  /** Whether a schema leads to a default: what does not is not walked through. */
  readonly #leads = new Map<SubSchema, boolean>()
  #left = 0

  constructor(types: Contract['types']) {
    this.#types = types
  }

  run(schema: SubSchema, data: unknown): boolean {
    this.#left = MAX_DEFAULTS
    this.#fill(schema, data)
    return this.#left >= 0
  }

  #fill(reference: SubSchema, value: unknown): void {
    if (typeof value !== 'object' || value === null || this.#left < 0 || !this.#leadsToDefault(reference)) return
    const schema = resolveRef(reference, this.#types)
    if (typeof schema === 'boolean') return
    for (const part of schema.allOf ?? []) this.#fill(part, value)
    if (Array.isArray(value)) this.#fillItems(schema, value)
    else this.#fillProperties(schema, value as Record<string, unknown>)
  }

  #fillItems({ items, maxItems = Infinity }: SchemaKeywords, values: readonly unknown[]): void {
    if (items === undefined || values.length > maxItems) return
    for (const item of values) this.#fill(items, item)
  }

  #fillProperties({ properties = {}, maxProperties }: SchemaKeywords, value: Record<string, unknown>): void {
    if (maxProperties !== undefined && Object.keys(value).length > maxProperties) return
    for (const [name, property] of Object.entries(properties)) {
      if (Object.hasOwn(value, name)) this.#fill(property, value[name])
      else if (defaultOf(property) !== undefined && this.#left >= 0) value[name] = this.#copy(defaultOf(property))
    }
  }

  /** A copy, or a handler that changes its data would change every later request's. */
  #copy(value: unknown): unknown {
    this.#left -= 1
    if (typeof value !== 'object' || value === null || this.#left < 0) return value
    if (Array.isArray(value)) return value.map((item) => this.#copy(item))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.#copy(part)]))
  }

  #leadsToDefault(schema: SubSchema): boolean {
    const known = this.#leads.get(schema)
    if (known !== undefined) return known
    const leads = hasDefaults(schema, this.#types, new Set())
    this.#leads.set(schema, leads)
    return leads
  }
}

function defaultOf(schema: SubSchema): unknown {
  return typeof schema === 'boolean' ? undefined : schema.default
}
