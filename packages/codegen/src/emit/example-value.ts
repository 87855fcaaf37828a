import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Keywords, resolve } from '../model/schema-keywords.ts'
import { exampleNumber, exampleOfPattern, exampleText, type ScalarKeywords } from './example-scalar.ts'

/** Deepest nesting of an example; recursive types end there. */
const MAX_DEPTH = 4

/**
 * A value that a schema accepts, always the same: its own example or default if it has one, else a plain value. Of a type that
 * needs itself without end there is no value: it is an empty object there.
 */
export function exampleValue(schema: JsonSchema, types: Contract['types']): unknown {
  const example = exampleOf(schema, { types, depth: 0, inside: [] })
  return example === ENDLESS ? {} : example
}

/** In place of a value that would hold itself for ever. */
const ENDLESS = Symbol('endless')

interface Site {
  readonly types: Contract['types']
  readonly depth: number
  /** The named types that the value stands in. */
  readonly inside: readonly string[]
}

/** How often a type may stand in itself in an example. */
const MAX_INSIDE = 2

type ExampleKeywords = Keywords &
  ScalarKeywords & {
    readonly examples?: readonly unknown[]
    readonly minItems?: number
    readonly maxItems?: number
    readonly uniqueItems?: boolean
    readonly minProperties?: number
  }

function exampleOf(reference: JsonSchema, outer: Site): unknown {
  const schema = resolve(reference, outer.types) as ExampleKeywords
  const { $ref } = reference as Keywords
  if ($ref !== undefined && outer.inside.filter((one) => one === $ref).length >= MAX_INSIDE) return ENDLESS
  const site = $ref === undefined ? outer : { ...outer, inside: [...outer.inside, $ref] }
  const given = [schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]].find((one) => one !== undefined)
  if (given !== undefined) return given
  if ('const' in schema) return null
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return exampleOfChoice(choice, site)
  if (schema.allOf !== undefined)
    return exampleOfAll([{ ...schema, allOf: undefined } as JsonSchema, ...schema.allOf], site)
  return exampleOfType([schema.type].flat()[0] ?? (schema.properties ? 'object' : 'unknown'), schema, site)
}

function exampleOfAll(parts: readonly JsonSchema[], site: Site): unknown {
  const examples = parts.map((part) => exampleOf(part, site))
  return examples.includes(ENDLESS) ? ENDLESS : Object.assign({}, ...examples)
}

/** The first variant that comes to an end. */
function exampleOfChoice(variants: readonly JsonSchema[], site: Site): unknown {
  for (const variant of variants) {
    const example = exampleOf(variant, site)
    if (example !== ENDLESS) return example
  }
  return variants.length === 0 ? {} : ENDLESS
}

function exampleOfType(type: string, schema: ExampleKeywords, site: Site): unknown {
  switch (type) {
    case 'object':
      return exampleObject(schema, site)
    case 'array':
      return exampleArray(schema, site)
    case 'string':
      return exampleText(schema)
    case 'integer':
    case 'number':
      return exampleNumber(schema)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return {}
  }
}

function exampleObject(schema: ExampleKeywords, site: Site): unknown {
  const { properties = {}, required = [], minProperties = 0 } = schema
  const isShown = (name: string): boolean => required.includes(name) || site.depth < 1
  const inner = { ...site, depth: site.depth + 1 }
  const shown = Object.keys(properties).filter(isShown)
  const names = [...shown, ...Object.keys(properties).filter((name) => !shown.includes(name))]
  const known = names.slice(0, Math.max(shown.length, minProperties))
  const entries = known.map((name) => [name, exampleOf(properties[name] as JsonSchema, inner)] as const)
  if (entries.some(([name, value]) => value === ENDLESS && required.includes(name))) return ENDLESS
  const example = Object.fromEntries(entries.filter(([, value]) => value !== ENDLESS))
  for (let count = 1; Object.keys(example).length < minProperties; count++) {
    const [key, value] = exampleEntry(schema, count)
    const more = exampleOf(value, inner)
    if (more === ENDLESS) return ENDLESS
    example[key] = more
  }
  return example
}

/** A property that the schema does not list. */
function exampleEntry(schema: ExampleKeywords, count: number): readonly [key: string, value: JsonSchema] {
  const { patternProperties = {}, additionalProperties } = schema as {
    readonly patternProperties?: Readonly<Record<string, JsonSchema>>
    readonly additionalProperties?: JsonSchema | boolean
  }
  const [pattern, value] = Object.entries(patternProperties)[0] ?? []
  if (pattern === undefined || value === undefined) {
    return [`key${count}`, typeof additionalProperties === 'object' ? additionalProperties : {}]
  }
  const key = exampleOfPattern(pattern, (text) => text) ?? ''
  return [count === 1 ? key : `${key}${count}`, value]
}

function exampleArray(schema: ExampleKeywords, site: Site): unknown {
  const { items, prefixItems, minItems = 0, maxItems = Infinity, uniqueItems = false } = schema
  const inner = { ...site, depth: site.depth + 1 }
  const first = (prefixItems ?? []).map((item) => exampleOf(item, inner))
  const wanted = prefixItems === undefined && site.depth < MAX_DEPTH ? Math.max(1, minItems) : minItems
  const length = items === false ? 0 : Math.max(0, Math.min(wanted, maxItems) - first.length)
  const more = Array.from({ length }, (_, index) => {
    const example = exampleOf(typeof items === 'object' ? items : {}, inner)
    return uniqueItems && index > 0 ? vary(example, index) : example
  })
  if (first.includes(ENDLESS)) return ENDLESS
  if (!more.includes(ENDLESS)) return [...first, ...more]
  return minItems > first.length ? ENDLESS : first
}

/** A different value of the same kind. */
function vary(example: unknown, by: number): unknown {
  if (typeof example === 'number') return example + by
  return typeof example === 'string' ? `${example}${by}` : example
}
