import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Keywords, resolve } from '../model/schema-keywords.ts'
import { exampleNumber, exampleOfPattern, exampleText, type ScalarKeywords } from './example-scalar.ts'

/** Deepest nesting of an example; recursive types end there. */
const MAX_DEPTH = 4

/** A value that a schema accepts, always the same: its own example or default if it has one, else a plain value. */
export function exampleValue(schema: JsonSchema, types: Contract['types']): unknown {
  return exampleOf(schema, { types, depth: 0 })
}

interface Site {
  readonly types: Contract['types']
  readonly depth: number
}

type ExampleKeywords = Keywords &
  ScalarKeywords & {
    readonly examples?: readonly unknown[]
    readonly minItems?: number
    readonly maxItems?: number
    readonly uniqueItems?: boolean
    readonly minProperties?: number
  }

function exampleOf(reference: JsonSchema, site: Site): unknown {
  const schema = resolve(reference, site.types) as ExampleKeywords
  const given = [schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]].find((one) => one !== undefined)
  if (given !== undefined) return given
  if ('const' in schema) return null
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return exampleOf(choice[0] ?? {}, site)
  if (schema.allOf !== undefined)
    return Object.assign({}, ...[{ ...schema, allOf: undefined }, ...schema.allOf].map((part) => exampleOf(part, site)))
  return exampleOfType([schema.type].flat()[0] ?? (schema.properties ? 'object' : 'unknown'), schema, site)
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
  const example = Object.fromEntries(known.map((name) => [name, exampleOf(properties[name] as JsonSchema, inner)]))
  for (let more = 1; Object.keys(example).length < minProperties; more++) {
    const [key, value] = exampleEntry(schema, more)
    example[key] = exampleOf(value, inner)
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
  return [...first, ...more]
}

/** A different value of the same kind. */
function vary(example: unknown, by: number): unknown {
  if (typeof example === 'number') return example + by
  return typeof example === 'string' ? `${example}${by}` : example
}
