import type { JsonSchema } from '@wsrv/schema'
import { alternativesOf, type Part, type ReadOptions } from './alternatives.ts'
import type { Constraints } from './constraints.ts'

/** Whether a value matches; nothing where this is not known: formats are for the server's check to tell. */
export type Match = boolean | undefined

/** Whether a JSON value matches a schema. */
export function matchesValue(schema: JsonSchema | boolean, value: unknown, options: ReadOptions): Match {
  return any(alternativesOf(schema, options), (parts) => every(parts, (part) => matchesPart(part, value, options)))
}

/** Whether a value does what one part of an alternative asks for. */
export function matchesPart({ schema, isExcluded }: Part, value: unknown, options: ReadOptions): Match {
  const checked = { ...options, isFilled: false }
  if (isExcluded === true) return not(matchesValue(schema, value, { ...checked, reading: 'check' }))
  if (schema.enum !== undefined && !schema.enum.some((one) => isSame(one, value))) return false
  if ('const' in schema && !isSame(schema.const, value)) return false
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(type, value))) return false
  return all([() => matchesOwn(schema, value, checked), () => matchesLogic(schema, value, checked)])
}

function matchesOwn(schema: Constraints, value: unknown, options: ReadOptions): Match {
  if (typeof value === 'number') return matchesNumber(schema, value)
  if (typeof value === 'string') return matchesText(schema, value)
  if (Array.isArray(value)) return matchesArray(schema, value, options)
  return typeof value !== 'object' || value === null || matchesObject(schema, value as Values, options)
}

/** What is neither a choice nor about one type. */
function matchesLogic(schema: Constraints, value: unknown, options: ReadOptions): Match {
  const { not: refused, if: condition, then = true, else: otherwise = true } = schema
  if ('unevaluatedItems' in schema || 'unevaluatedProperties' in schema) return undefined
  if (options.reading === 'type') return true
  return all([
    () => refused === undefined || not(matchesValue(refused, value, options)),
    () => {
      const isMet = condition === undefined ? undefined : matchesValue(condition, value, options)
      if (isMet === undefined) return condition === undefined || undefined
      return matchesValue(isMet ? then : otherwise, value, options)
    },
  ])
}

type Values = Readonly<Record<string, unknown>>

/** Whether two JSON values are equal, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [left, right] = [one as Values, other as Values]
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]))
}

/** Whether a value is of a JSON Schema type. */
export function isOfType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}

function matchesNumber(schema: Constraints, value: number): Match {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  if (value < minimum || value > maximum) return false
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return false
  return multipleOf === undefined || value % multipleOf === 0 || (Number.isInteger(multipleOf) ? false : undefined)
}

/** Length is in characters, as JSON Schema counts it. */
function matchesText({ minLength = 0, maxLength = Infinity, pattern, format }: Constraints, value: string): Match {
  const { length } = [...value]
  if (length < minLength || length > maxLength) return false
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return false
  return format === undefined || !CHECKED_FORMATS.has(format) || undefined
}

/** Formats that servers check; any other name is a remark. */
export const CHECKED_FORMATS: ReadonlySet<string> = new Set(
  [
    'date date-time duration email hostname idn-email idn-hostname ipv4 ipv6 iri iri-reference json-pointer',
    'json-pointer-uri-fragment regex relative-json-pointer time uri uri-reference uri-template url uuid',
  ].flatMap((words) => words.split(' ')),
)

function matchesArray(schema: Constraints, value: readonly unknown[], options: ReadOptions): Match {
  const { prefixItems = [], items = true, minItems = 0, maxItems = Infinity, uniqueItems, contains } = schema
  if (value.length < minItems || value.length > maxItems) return false
  if (uniqueItems && value.some((one, index) => value.slice(0, index).some((other) => isSame(one, other)))) return false
  return all([
    () => every(value.entries(), ([index, item]) => matchesValue(prefixItems[index] ?? items, item, options)),
    () =>
      contains === undefined ||
      matchesContains(
        schema,
        value.map((item) => matchesValue(contains, item, options)),
      ),
  ])
}

function matchesContains({ minContains = 1, maxContains = Infinity }: Constraints, found: readonly Match[]): Match {
  if (found.includes(undefined)) return undefined
  const count = found.filter(Boolean).length
  return count >= minContains && count <= maxContains
}

function matchesObject(schema: Constraints, value: Values, options: ReadOptions): Match {
  const { properties = {}, patternProperties = {}, additionalProperties = true, required = [] } = schema
  const { minProperties = 0, maxProperties = Infinity, propertyNames = true } = schema
  const { dependentRequired = {}, dependentSchemas = {} } = schema
  const keys = Object.keys(value)
  const wanted = [...required, ...keys.flatMap((key) => dependentRequired[key] ?? [])]
  if (keys.length < minProperties || keys.length > maxProperties) return false
  if (wanted.some((name) => !Object.hasOwn(value, name))) return false
  return every(keys, (key) => {
    const patterns = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, 'u').test(key))
    const named = Object.hasOwn(properties, key) ? [properties[key] as JsonSchema] : []
    const schemas = [...named, ...patterns.map(([, one]) => one)]
    const dependent = Object.hasOwn(dependentSchemas, key) ? (dependentSchemas[key] ?? true) : true
    return all([
      () =>
        every(schemas.length > 0 ? schemas : [additionalProperties], (one) => matchesValue(one, value[key], options)),
      () => matchesValue(propertyNames, key, options),
      () => matchesValue(dependent, value, options),
    ])
  })
}

function not(match: Match): Match {
  return match === undefined ? undefined : !match
}

function all(questions: readonly (() => Match)[]): Match {
  return every(questions, (question) => question())
}

function every<Item>(items: Iterable<Item>, ask: (item: Item) => Match): Match {
  let result: Match = true
  for (const item of items) {
    const match = ask(item)
    if (match === false) return false
    if (match === undefined) result = undefined
  }
  return result
}

function any<Item>(items: Iterable<Item> | undefined, ask: (item: Item) => Match): Match {
  if (items === undefined) return undefined
  return not(every(items, (item) => not(ask(item))))
}
