import type { Contract, JsonSchema } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { resolve } from '../model/schema-keywords.ts'

/** Deepest nesting of an example; recursive types end there. */
const MAX_DEPTH = 4

/** A value that a schema takes, the same each time: its own example or default where it has one, else a plain one. */
export function exampleValue(schema: JsonSchema, types: Contract['types']): unknown {
  return exampleOf(schema, { types, depth: 0 })
}

interface Site {
  readonly types: Contract['types']
  readonly depth: number
}

type ExampleKeywords = Keywords & {
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly minItems?: number
  readonly format?: string
  readonly pattern?: string
  readonly patternProperties?: object
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

function exampleObject({ properties = {}, required = [] }: ExampleKeywords, site: Site): unknown {
  const isShown = (name: string): boolean => required.includes(name) || site.depth < 1
  const names = Object.keys(properties).filter(isShown)
  return Object.fromEntries(
    names.map((name) => [name, exampleOf(properties[name] as JsonSchema, { ...site, depth: site.depth + 1 })]),
  )
}

function exampleArray({ items, prefixItems, minItems = 1 }: ExampleKeywords, site: Site): unknown {
  const inner = { ...site, depth: site.depth + 1 }
  if (prefixItems !== undefined) return prefixItems.map((item) => exampleOf(item, inner))
  if (site.depth >= MAX_DEPTH && minItems < 2) return []
  return Array.from({ length: Math.max(1, minItems) }, () => exampleOf(typeof items === 'object' ? items : {}, inner))
}

/** Examples of the formats that JSON Schema knows. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['date', '2026-01-31'],
  ['date-time', '2026-01-31T12:00:00Z'],
  ['duration', 'PT1H'],
  ['email', 'ada@example.org'],
  ['hostname', 'example.org'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['time', '12:00:00Z'],
  ['uri', 'https://example.org/'],
  ['url', 'https://example.org/'],
  ['uuid', '123e4567-e89b-42d3-a456-426614174000'],
])

function exampleText({ format = '', minLength = 0 }: ExampleKeywords): string {
  return FORMATS.get(format) ?? 'text'.padEnd(minLength, 'x')
}

function exampleNumber({ minimum, exclusiveMinimum }: ExampleKeywords): number {
  return minimum ?? (exclusiveMinimum === undefined ? 1 : exclusiveMinimum + 1)
}
