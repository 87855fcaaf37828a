import { type JsonSchema, typeNameOf } from '@wsrv/schema'
import { NO_DOCS } from './docs.ts'
import { docsOf } from './read-docs.ts'
import type { Keywords } from './schema-keywords.ts'
import type { Field, Keyword, ObjectShape, Shape } from './shape.ts'
import { keyword, literal, toIntersection, toUnion, UNKNOWN } from './simplify-shape.ts'
import { readTemplatePattern } from './template-pattern.ts'

/**
 * From which side a message is seen: `sent` is a request as the client sends it, where a property with a default may be left out;
 * `served` is the same request as the handler gets it, defaults filled in; `plain` is everything else.
 */
export type View = 'plain' | 'sent' | 'served'

/** What {@link readShape} needs to know besides the schema. */
export interface ShapeContext {
  readonly view: View
  /** The name in generated code of a named type, seen from this side. */
  readonly nameOf: (type: string) => string
  /**
   * How the parts are read that the server does not fill in with defaults: alternatives, since it cannot know which is
   * meant. Left out where nothing is filled in anyway.
   */
  readonly unfilled?: ShapeContext
}

/** Reads a contract's schema as the TypeScript type of the values that it takes, as exactly as TypeScript can say it. */
export function readShape(schema: JsonSchema | boolean, context: ShapeContext): Shape {
  if (typeof schema === 'boolean') return schema ? UNKNOWN : keyword('never')
  const keywords = schema as Keywords
  const own = readOwn(keywords, context)
  if (!COMBINATORS.some((name) => name in keywords)) return own
  return toIntersection([
    own,
    ...(keywords.allOf ?? []).map((part) => readShape(part, context)),
    readChoice(keywords.anyOf, context),
    readChoice(keywords.oneOf, context),
    readBranches(keywords, context),
  ])
}

/** Keywords that say more about a value than the schema's own. */
const COMBINATORS = ['allOf', 'anyOf', 'oneOf', 'if'] as const

/** The type that the schema's own keywords say, without its combinators. */
function readOwn(schema: Keywords, context: ShapeContext): Shape {
  if (schema.$ref !== undefined) return { kind: 'reference', typeName: context.nameOf(typeNameOf(schema.$ref)) }
  if ('const' in schema) return readValue(schema.const)
  if (schema.enum !== undefined) return toUnion(schema.enum.map((value) => readValue(value)))
  if (schema.not !== undefined && Object.keys(schema.not).length === 0) return keyword('never')
  const types = schema.type === undefined ? impliedTypes(schema) : [schema.type].flat()
  return types.length === 0 ? UNKNOWN : toUnion(types.map((type) => readType(type, schema, context)))
}

/** A schema that lists properties or items and forgets `type` means objects or arrays. */
function impliedTypes({ properties, patternProperties, items, prefixItems }: Keywords): readonly string[] {
  if (properties !== undefined || patternProperties !== undefined) return ['object']
  return items !== undefined || prefixItems !== undefined ? ['array'] : []
}

function readType(type: string, schema: Keywords, context: ShapeContext): Shape {
  if (type === 'object') return readObject(schema, context)
  if (type === 'array') return readArray(schema, context)
  if (type === 'string' && schema.pattern !== undefined) {
    const parts = readTemplatePattern(schema.pattern)
    if (parts !== undefined) return { kind: 'template', parts }
  }
  return keyword(KEYWORDS.get(type) ?? 'unknown')
}

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map([
  ['boolean', 'boolean'],
  ['integer', 'number'],
  ['null', 'null'],
  ['number', 'number'],
  ['string', 'string'],
])

function readValue(value: unknown): Shape {
  if (value === null) return keyword('null')
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return literal(value)
  if (Array.isArray(value)) {
    return { kind: 'tuple', elements: value.map((element) => ({ shape: readValue(element), isOptional: false })) }
  }
  const fields = Object.entries(value as object).map(([name, own]): Field => {
    return { name, shape: readValue(own), isOptional: false, docs: NO_DOCS }
  })
  return { kind: 'object', fields }
}

function readObject(schema: Keywords, context: ShapeContext): Shape {
  const required = new Set(schema.required)
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]): Field => {
    const isOptional = isLeftOut({ isRequired: required.has(name), hasDefault: 'default' in property }, context.view)
    return { name, shape: readShape(property, context), isOptional, docs: docsOf(property) }
  })
  const others = readOthers(schema, context)
  if (fields.length > 0) return { kind: 'object', fields, ...(others && { others: widen(others, fields) }) }
  const [pattern, ...more] = Object.keys(schema.patternProperties ?? {})
  const keys = pattern === undefined || more.length > 0 || isOpen(schema) ? undefined : readTemplatePattern(pattern)
  const closed = schema.additionalProperties === false ? keyword('never') : UNKNOWN
  return { kind: 'record', keys: readKeys(keys), values: others ?? closed }
}

function readKeys(parts: ReturnType<typeof readTemplatePattern>): Shape {
  const [first, ...others] = parts ?? []
  if (parts === undefined || first === undefined) return keyword('string')
  return others.length === 0 && first.kind === 'keyword' ? keyword(first.name) : { kind: 'template', parts }
}

function isOpen({ additionalProperties }: Keywords): boolean {
  return typeof additionalProperties === 'object' || additionalProperties === true
}

/** Whether a property may be left out, seen from one side. */
function isLeftOut(
  { isRequired, hasDefault }: { readonly isRequired: boolean; readonly hasDefault: boolean },
  view: View,
): boolean {
  if (!hasDefault || view === 'plain') return !isRequired
  return view === 'sent'
}

/** The type of the properties that have no field, where the schema says something about them. */
function readOthers(schema: Keywords, outer: ShapeContext): Shape | undefined {
  const context = outer.unfilled ?? outer
  const schemas: (JsonSchema | boolean)[] = Object.values(schema.patternProperties ?? {})
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) {
    schemas.push(schema.additionalProperties)
  }
  if (schemas.length === 0) return undefined
  return toUnion(schemas.map((one) => readShape(one, context)))
}

/** TypeScript wants an index signature to cover the fields beside it, and `undefined` where one may be left out. */
function widen(others: Shape, fields: ObjectShape['fields']): Shape {
  const missing = fields.some(({ isOptional }) => isOptional) ? [keyword('undefined')] : []
  return toUnion([others, ...fields.map(({ shape }) => shape), ...missing])
}

function readArray({ items = {}, prefixItems, minItems = 0 }: Keywords, outer: ShapeContext): Shape {
  if (prefixItems === undefined) return { kind: 'array', items: readShape(items, outer) }
  const context = outer.unfilled ?? outer
  const elements = prefixItems.map((item, index) => ({
    shape: readShape(item, context),
    isOptional: index >= minItems,
  }))
  return { kind: 'tuple', elements, ...(items !== false && { rest: readShape(items, context) }) }
}

function readChoice(variants: readonly JsonSchema[] | undefined, outer: ShapeContext): Shape {
  if (variants === undefined) return UNKNOWN
  const context = outer.unfilled ?? outer
  return toUnion(variants.map((variant) => readShape(variant, context)))
}

/** `if`, `then`, `else`: a value is of one branch or the other. */
function readBranches(schema: Keywords, outer: ShapeContext): Shape {
  if (schema.if === undefined || schema.then === undefined || schema.else === undefined) return UNKNOWN
  const context = outer.unfilled ?? outer
  return toUnion([readShape(schema.then, context), readShape(schema.else, context)])
}
