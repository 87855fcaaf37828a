import { describe } from '@wsrv/protocol'
import type { JsonSchema } from '@wsrv/schema'
import { Errors } from 'typebox/schema'
import { type FieldShape, type Keywords, readField, resolve, type Types } from './field-shape.ts'
import { isObject, matches, pickVariant } from './pick-variant.ts'

/** One place where a value is not what its schema says. */
export interface Issue {
  /** JSON Pointer into the value. RFC 6901. */
  readonly path: string
  readonly message: string
}

/** Most issues that are found; more do not help. */
const MAX_ISSUES = 50

/**
 * What a server would object to in a value, its defaults filled in first as a server does. The verdict is TypeBox's, as on
 * the server; of alternatives, only the one that is meant is spoken of.
 */
export function findIssues(schema: JsonSchema, value: unknown, types: Types): readonly Issue[] {
  const filled = fillDefaults(schema, value, types)
  if (matches(schema, filled, types)) return []
  const issues = [...walk(schema, filled, '', types)].slice(0, MAX_ISSUES)
  return issues.length > 0 ? issues : [{ path: '', message: 'must match its schema' }]
}

function* walk(schema: JsonSchema, value: unknown, path: string, types: Types): Generator<Issue> {
  const keywords = resolve(schema, types)
  const shape = readField(schema, types)
  if (shape.kind === 'union' || shape.kind === 'nullable') {
    const variants = shape.kind === 'union' ? shape.variants : [shape.inner, { type: 'null' }]
    const variant = value === null && shape.kind === 'nullable' ? 1 : pickVariant(variants, value, types)
    return yield* walk(variants[variant] ?? {}, value, path, types)
  }
  for (const error of Errors({ ...shallow(keywords), $defs: types }, value)[1]) yield* toIssues(error, value, path)
  for (const [step, child, childSchema] of children(shape, value)) {
    yield* walk(childSchema, child, `${path}/${escapeStep(step)}`, types)
  }
}

/** A schema that says nothing of what is inside: that is walked on its own. */
function shallow(keywords: Keywords): Keywords {
  const { properties, items, prefixItems, allOf, ...own } = keywords
  return {
    ...own,
    ...(properties && { properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])) }),
    ...(allOf && { allOf: allOf.map((part) => shallow(part as Keywords)) }),
  }
}

function* children(shape: FieldShape, value: unknown): Generator<readonly [string, unknown, JsonSchema]> {
  if (shape.kind === 'object' && isObject(value)) {
    for (const [name, child] of Object.entries(value)) {
      const schema = shape.fields.get(name)?.schema ?? shape.values
      if (schema !== undefined) yield [name, child, schema]
    }
  }
  if (!Array.isArray(value)) return
  for (const [index, child] of value.entries()) {
    const schema = shape.kind === 'array' ? shape.items : shape.kind === 'tuple' && shape.items[index]
    if (schema) yield [String(index), child, schema]
  }
}

type Failed = ReturnType<typeof Errors>[1][number]

function* toIssues({ keyword, instancePath, params, message }: Failed, value: unknown, path: string): Generator<Issue> {
  const { requiredProperties, additionalProperties, allowedValue, allowedValues } = params as Params
  const below = `${path}${instancePath}`
  switch (keyword) {
    case 'required':
      for (const name of requiredProperties ?? [])
        yield { path: `${below}/${escapeStep(name)}`, message: 'is required' }
      return
    case 'additionalProperties':
      for (const name of additionalProperties ?? [])
        yield { path: `${below}/${escapeStep(name)}`, message: 'is not a known property' }
      return
    case 'boolean':
      return
    case 'const':
      yield { path: below, message: `must be ${describe(allowedValue)}` }
      return
    case 'enum':
      yield { path: below, message: `must be one of ${(allowedValues ?? []).map(describe).join(', ')}` }
      return
    default:
      yield { path: below, message: instancePath === '' ? `${message}, got ${describe(value)}` : message }
  }
}

interface Params {
  readonly requiredProperties?: readonly string[]
  readonly additionalProperties?: readonly string[]
  readonly allowedValue?: unknown
  readonly allowedValues?: readonly unknown[]
}

/** A property's name as a step of a JSON Pointer. */
export function escapeStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A value with the defaults of absent properties filled in, as a server does before it checks. PROTOCOL.md §Request. */
function fillDefaults(schema: JsonSchema, value: unknown, types: Types): unknown {
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
