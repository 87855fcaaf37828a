import {
  reachableTypes,
  refName,
  type SchemaKeywords,
  type SchemaTypes,
  type SubSchema,
} from '../validation/schema-keywords.ts'
import { SchemaCheck } from '../validation/validation.ts'
import { findSwitch } from './find-switch.ts'
import type { ArrayShape, LeafShape, ObjectShape, Shape, Shapes, UnionBranch } from './shape.ts'

const ANY: LeafShape = { kind: 'any' }
const NONE: LeafShape = { kind: 'none' }

/** Reads what a schema declares. */
export function readShapes(schema: SubSchema, types: SchemaTypes): Shapes {
  const named = Object.entries(reachableTypes(schema, types))
  return {
    root: readWhole(schema, types),
    types: new Map(named.map(([name, type]) => [name, readWhole(type, types)])),
  }
}

/** A schema that stands alone: one that declares nothing lets everything pass. */
function readWhole(schema: SubSchema, types: SchemaTypes): Shape {
  const shape = read(schema, types)
  return shape.kind === 'none' ? ANY : shape
}

function read(schema: SubSchema, types: SchemaTypes): Shape {
  if (typeof schema === 'boolean') return ANY
  const parts = [...readReference(schema, types), ...readOwn(schema, types), ...readBranches(schema, types)]
  return combine(parts, schema)
}

function combine(parts: readonly Shape[], schema: SchemaKeywords): Shape {
  const [only, ...others] = parts.filter(({ kind }) => kind !== 'any' && kind !== 'none')
  if (only !== undefined) return others.length === 0 ? only : { kind: 'all', shapes: giveWay([only, ...others]) }
  const isOpen = parts.some(({ kind }) => kind === 'any') || !Object.keys(schema).some((key) => CONSTRAINTS.has(key))
  return isOpen ? ANY : NONE
}

/** Leaves out properties that one object only requires and another declares. */
function giveWay(shapes: readonly Shape[]): readonly Shape[] {
  const objects = shapes.filter((shape) => shape.kind === 'object')
  const isDeclared = (name: string): boolean =>
    objects.some(({ properties }) => (properties.get(name) ?? NONE).kind !== 'none')
  return shapes.map((shape) => {
    if (shape.kind !== 'object') return shape
    const own = [...shape.properties].filter(([name, property]) => property.kind !== 'none' || !isDeclared(name))
    return { ...shape, properties: new Map(own) }
  })
}

/** Keywords that say how a value may be, and nothing about what is in it. */
const CONSTRAINTS: ReadonlySet<string> = new Set([
  ...['required', 'not', 'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum'],
  ...['exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'contains', 'minProperties'],
  ...['maxProperties', 'propertyNames', 'dependentRequired'],
])

function readReference({ $ref, ...schema }: SchemaKeywords, types: SchemaTypes): readonly Shape[] {
  if ('$dynamicRef' in schema) return [ANY]
  if ($ref === undefined) return []
  const name = refName($ref)
  return [name !== undefined && Object.hasOwn(types, name) ? { kind: 'ref', name } : ANY]
}

/** What the schema itself says, by the JSON types that it allows. */
function readOwn(schema: SchemaKeywords, types: SchemaTypes): readonly Shape[] {
  const values = 'const' in schema ? [schema.const] : schema.enum
  if (values !== undefined) return [readValues(values)]
  const allowed = typeof schema.type === 'string' ? [schema.type] : schema.type
  const [only] = allowed ?? []
  if (allowed?.length === 1 && only !== 'object' && only !== 'array') {
    return [{ kind: (only === 'integer' ? 'number' : only) as LeafShape['kind'] }]
  }
  const shapes = [
    ...(allowed?.includes('object') !== false && declaresProperties(schema) ? [readObject(schema, types)] : []),
    ...(allowed?.includes('array') !== false && declaresItems(schema) ? [readArray(schema, types)] : []),
  ]
  return shapes.length === 0 && allowed !== undefined ? [ANY] : shapes
}

/** Constants were compared whole: nothing can be in them that is not declared. */
function readValues(values: readonly unknown[]): Shape {
  const [kind, ...others] = new Set(values.map((value) => typeof value))
  return others.length === 0 && (kind === 'string' || kind === 'number' || kind === 'boolean') ? { kind } : ANY
}

function declaresProperties({ properties, patternProperties, additionalProperties }: SchemaKeywords): boolean {
  return properties !== undefined || patternProperties !== undefined || additionalProperties !== undefined
}

function declaresItems({ items, prefixItems }: SchemaKeywords): boolean {
  return items !== undefined || prefixItems !== undefined
}

function readObject(schema: SchemaKeywords, types: SchemaTypes): ObjectShape {
  const { properties = {}, patternProperties = {}, additionalProperties, unevaluatedProperties, required = [] } = schema
  const rest = additionalProperties ?? unevaluatedProperties ?? false
  return {
    kind: 'object',
    properties: new Map([
      // One that is required and not declared is sent, or what is sent would not match; NONE gives way to a declaration.
      ...required.map((name): [string, Shape] => [name, NONE]),
      ...Object.entries(properties).map(([name, property]): [string, Shape] => [name, readWhole(property, types)]),
    ]),
    required: new Set(required),
    patterns: Object.entries(patternProperties).map(([pattern, property]) => [
      new RegExp(pattern, 'u'),
      readWhole(property, types),
    ]),
    rest: rest === false ? undefined : readWhole(rest, types),
  }
}

function readArray({ items = true, prefixItems = [] }: SchemaKeywords, types: SchemaTypes): ArrayShape {
  return {
    kind: 'array',
    prefix: prefixItems.map((item) => readWhole(item, types)),
    items: readWhole(items, types),
  }
}

/** What the keywords that hold whole schemas say of the same value. */
function readBranches(schema: SchemaKeywords, types: SchemaTypes): readonly Shape[] {
  const { allOf = [], anyOf = [], oneOf = [], dependentSchemas = {} } = schema
  const dependent = Object.entries(dependentSchemas).map(([name, branch]): UnionBranch => {
    const has = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    return { shape: read(branch, types), accepts: has }
  })
  return [
    ...allOf.map((part) => read(part, types)),
    ...[anyOf, oneOf].flatMap((alternatives) => readUnion(alternatives, types)),
    ...toUnion(dependent),
    ...toUnion(readCondition(schema, types)),
  ]
}

function readUnion(alternatives: readonly SubSchema[], types: SchemaTypes): readonly Shape[] {
  const branches = alternatives.map((alternative): UnionBranch => {
    const check = new SchemaCheck(alternative as SchemaKeywords, types, { source: 'server' })
    return { shape: read(alternative, types), accepts: (value) => check.accepts(value) }
  })
  if (branches.every(({ shape }) => shape.kind === 'none')) return []
  return toUnion(branches, findSwitch(alternatives, branches, types))
}

function readCondition(
  { if: condition, then = true, else: otherwise }: SchemaKeywords,
  types: SchemaTypes,
): UnionBranch[] {
  if (condition === undefined) return []
  const check = new SchemaCheck(condition as SchemaKeywords, types, { source: 'server' })
  const met = combine([read(condition, types), ...(then === true ? [] : [read(then, types)])], { not: true })
  const unmet = otherwise === undefined ? NONE : read(otherwise, types)
  return [
    { shape: met, accepts: (value) => check.accepts(value) },
    { shape: unmet, accepts: (value) => !check.accepts(value) },
  ]
}

function toUnion(branches: readonly UnionBranch[], by?: ReturnType<typeof findSwitch>): readonly Shape[] {
  const declaring = branches.filter(({ shape }) => shape.kind !== 'none')
  return declaring.length === 0 ? [] : [{ kind: 'union', branches: declaring, switch: by }]
}
