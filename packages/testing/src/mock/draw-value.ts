import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'
import type { Draw } from './draw.ts'
import { drawNumber, type NumberKeywords } from './draw-number.ts'
import { drawText, type TextKeywords } from './draw-text.ts'

/** Deepest nesting with more than a schema requires; recursive types end there. */
const MAX_DEPTH = 3

/** Share of the optional properties that are there. */
const OPTIONAL_SHARE = 0.8

/** Share of values that may be null and are. */
const NULL_SHARE = 0.15

/** Items of a list whose schema allows any number. */
const MAX_ITEMS = 4

/** Tries at an item that differs from the others. */
const MAX_TRIES = 20

/** Draws a value that a schema accepts. */
export function drawValue(schema: JsonSchema, types: Contract['types'], draw: Draw): unknown {
  return drawAt(schema, { types, draw, depth: 0, name: '' })
}

/** Where a value stands. */
interface Site {
  readonly types: Contract['types']
  readonly draw: Draw
  readonly depth: number
  /** Name of the nearest property. */
  readonly name: string
}

interface Keywords extends TextKeywords, Omit<NumberKeywords, 'type'> {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly examples?: readonly unknown[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
}

function drawAt(reference: JsonSchema, site: Site): unknown {
  const schema = resolve(reference, site.types)
  const { draw } = site
  if ('const' in schema) return schema.const
  const given = schema.enum ?? schema.examples
  if (given !== undefined && given.length > 0) return draw.pick(given)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return drawAt(pickVariant(choice, site), site)
  if (schema.allOf !== undefined) return drawAll(schema, site)
  return drawType(pickType(schema, draw), schema, site)
}

/** One of several schemas: rarely null, and beyond the depth the one that ends soonest. */
function pickVariant(choice: readonly JsonSchema[], { types, draw, depth }: Site): JsonSchema {
  const others = choice.filter((one) => resolve(one, types).type !== 'null')
  if (others.length === 0 || (others.length < choice.length && (draw.chance(NULL_SHARE) || depth > MAX_DEPTH))) {
    return choice.find((one) => resolve(one, types).type === 'null') ?? {}
  }
  const flat = others.filter((one) => !['object', 'array'].includes(String(resolve(one, types).type)))
  return draw.pick(depth > MAX_DEPTH && flat.length > 0 ? flat : others)
}

function drawAll({ allOf = [], ...rest }: Keywords, site: Site): unknown {
  const parts = [rest, ...allOf].map((part) => resolve(part, site.types))
  const isObject = parts.some((part) => part.type === 'object' || part.properties !== undefined)
  if (isObject) return Object.assign({}, ...parts.map((part) => drawAt({ type: 'object', ...part }, site)))
  return drawAt(Object.assign({}, ...parts), site)
}

function pickType({ type, properties, items }: Keywords, draw: Draw): string {
  if (type === undefined && properties !== undefined) return 'object'
  if (type === undefined) return items === undefined ? 'unknown' : 'array'
  const types = [type].flat()
  const others = types.filter((one) => one !== 'null')
  return others.length === 0 || (others.length < types.length && draw.chance(NULL_SHARE)) ? 'null' : draw.pick(others)
}

function drawType(type: string, schema: Keywords, site: Site): unknown {
  switch (type) {
    case 'object':
      return drawObject(schema, site)
    case 'array':
      return drawArray(schema, site)
    case 'string':
      return drawText(schema, site.name, site.draw)
    case 'integer':
    case 'number':
      return drawNumber({ ...schema, type }, site.name, site.draw)
    case 'boolean':
      return site.draw.chance(1 / 2)
    case 'null':
      return null
    default:
      return {}
  }
}

function drawObject(schema: Keywords, site: Site): unknown {
  const { properties = {}, required = [], minProperties = 0 } = schema
  const { draw, depth } = site
  const object: Record<string, unknown> = {}
  const set = (name: string, inner: JsonSchema): void => {
    const value = drawAt(inner, { ...site, depth: depth + 1, name })
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
  }
  for (const [name, inner] of Object.entries(properties)) {
    const isKept = depth < MAX_DEPTH && draw.chance(OPTIONAL_SHARE)
    if (required.includes(name) || isKept) set(name, inner)
  }
  const entry = entryOf(schema)
  const least = Math.max(minProperties, entry !== undefined && depth < MAX_DEPTH ? draw.whole(1, MAX_ITEMS) : 0)
  for (let tries = 0; Object.keys(object).length < least && tries < MAX_TRIES; tries += 1) {
    const { pattern, value } = entry ?? { value: {} }
    set(pattern === undefined ? draw.word() : drawText({ pattern }, '', draw), value)
  }
  return object
}

/** A property that a schema does not name, of a map of like values. */
function entryOf({
  patternProperties = {},
  additionalProperties,
}: Keywords): { readonly pattern?: string; readonly value: JsonSchema } | undefined {
  const [pattern, value] = Object.entries(patternProperties)[0] ?? []
  if (pattern !== undefined && value !== undefined) return { pattern, value }
  return typeof additionalProperties === 'object' ? { value: additionalProperties } : undefined
}

function drawArray(schema: Keywords, site: Site): unknown {
  const { items, prefixItems = [], minItems = 0, maxItems = Infinity, uniqueItems = false } = schema
  const inner = { ...site, depth: site.depth + 1, name: singular(site.name) }
  const list = prefixItems.map((item) => drawAt(item, inner))
  const isOpen = items !== false && (items !== undefined || prefixItems.length === 0)
  const most = Math.min(maxItems, Math.max(minItems, site.depth > MAX_DEPTH ? 0 : MAX_ITEMS))
  const length = isOpen ? site.draw.whole(Math.min(Math.max(minItems, 1), most), most) : minItems
  const item = typeof items === 'object' ? items : {}
  const seen = new Set(list.map((one) => JSON.stringify(one)))
  for (let tries = 0; list.length < length && tries < length + MAX_TRIES; tries += 1) {
    const value = drawAt(item, inner)
    if (uniqueItems && seen.has(JSON.stringify(value))) continue
    seen.add(JSON.stringify(value))
    list.push(value)
  }
  return list
}

/** `messages` as the name of one of them. */
function singular(name: string): string {
  return name.replace(/ies$/i, 'y').replace(/([^s])s$/i, '$1')
}

function resolve(schema: JsonSchema, types: Contract['types']): Keywords {
  let resolved: Keywords = schema
  for (let steps = 0; resolved.$ref !== undefined; steps += 1) {
    const target: Keywords | undefined = types[typeNameOf(resolved.$ref)]
    if (target === undefined || steps > Object.keys(types).length) return {}
    resolved = target
  }
  return resolved
}
