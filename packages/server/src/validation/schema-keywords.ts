import type { Contract } from '@wsrv/schema'

/** The keywords of JSON Schema that this folder reads; what a contract's schemas hold once they are read. */
export interface SchemaKeywords {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SubSchema>>
  readonly patternProperties?: Readonly<Record<string, SubSchema>>
  readonly additionalProperties?: SubSchema
  readonly propertyNames?: SubSchema
  readonly required?: readonly string[]
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly dependentSchemas?: Readonly<Record<string, SubSchema>>
  readonly items?: SubSchema
  readonly prefixItems?: readonly SubSchema[]
  readonly contains?: SubSchema
  readonly minContains?: number
  readonly maxContains?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly uniqueItems?: boolean
  readonly allOf?: readonly SubSchema[]
  readonly anyOf?: readonly SubSchema[]
  readonly oneOf?: readonly SubSchema[]
  readonly not?: SubSchema
  readonly if?: SubSchema
  readonly then?: SubSchema
  readonly else?: SubSchema
  readonly unevaluatedItems?: SubSchema
  readonly unevaluatedProperties?: SubSchema
  readonly pattern?: string
  readonly format?: string
  readonly maxLength?: number
}

/** A schema, or whether anything matches. */
export type SubSchema = SchemaKeywords | boolean

/** What schemas refer to by name. */
export type SchemaTypes = Contract['types']

const TYPE_REF = '#/$defs/'

/** The name of the type that a reference means; `undefined` for any other reference. */
export function refName($ref: string | undefined): string | undefined {
  return $ref?.startsWith(TYPE_REF) === true ? $ref.slice(TYPE_REF.length) : undefined
}

/** The schema behind a chain of references to named types; `{}` where it leads nowhere or in a circle. */
export function resolveRef(schema: SubSchema, types: SchemaTypes): SubSchema {
  let resolved = schema
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const name = typeof resolved === 'boolean' ? undefined : refName(resolved.$ref)
    if (name === undefined) return resolved
    resolved = Object.hasOwn(types, name) ? (types[name] as SchemaKeywords) : {}
  }
  return {}
}

/** References to references; more of them are a circle. */
const MAX_HOPS = 100

/** Where a schema holds others, and whether the same value may then be looked at more than once. */
export interface SchemaPart {
  readonly schema: SubSchema
  readonly isBranch: boolean
}

/** The schemas directly inside a schema. */
export function partsOf(schema: SchemaKeywords): readonly SchemaPart[] {
  const lists = [schema.allOf, schema.anyOf, schema.oneOf, ...mapsOf(schema.patternProperties, schema.dependentSchemas)]
  const single = [schema.not, schema.if, schema.then, schema.else, schema.contains, schema.propertyNames]
  const once = [...mapsOf(schema.properties), schema.prefixItems]
  const unevaluated = [schema.unevaluatedItems, schema.unevaluatedProperties]
  return [
    ...[...lists, single].flatMap((parts) => toParts(parts, true)),
    ...[...once, [schema.items, schema.additionalProperties]].flatMap((parts) => toParts(parts, false)),
    ...toParts(unevaluated, true),
  ]
}

function mapsOf(...maps: readonly (Readonly<Record<string, SubSchema>> | undefined)[]): readonly SubSchema[][] {
  return maps.map((map) => Object.values(map ?? {}))
}

function toParts(schemas: readonly (SubSchema | undefined)[] | undefined, isBranch: boolean): readonly SchemaPart[] {
  return (schemas ?? []).flatMap((schema) => (schema === undefined ? [] : [{ schema, isBranch }]))
}

/**
 * A schema with every schema directly inside it replaced; the same object when none is another.
 *
 * @param replace returns what a part becomes.
 */
export function mapParts(schema: SchemaKeywords, replace: (part: SubSchema) => SubSchema): SchemaKeywords {
  const changed: Record<string, unknown> = {}
  for (const keyword of SINGLE) {
    const part = schema[keyword]
    if (part !== undefined) note(keyword, part, replace(part))
  }
  for (const keyword of LISTS) {
    const parts = schema[keyword]
    if (parts !== undefined) note(keyword, parts, mapList(parts, replace))
  }
  for (const keyword of MAPS) {
    const parts = schema[keyword]
    if (parts !== undefined) note(keyword, parts, mapRecord(parts, replace))
  }
  return Object.keys(changed).length === 0 ? schema : { ...schema, ...changed }

  function note(keyword: string, before: unknown, after: unknown): void {
    if (after !== before) changed[keyword] = after
  }
}

const SINGLE = [
  ...(['additionalProperties', 'propertyNames', 'items', 'contains', 'not', 'if', 'then', 'else'] as const),
  ...(['unevaluatedItems', 'unevaluatedProperties'] as const),
]
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const
const MAPS = ['properties', 'patternProperties', 'dependentSchemas'] as const

type Replace = (part: SubSchema) => SubSchema

function mapList(parts: readonly SubSchema[], replace: Replace): readonly SubSchema[] {
  const mapped = parts.map(replace)
  return mapped.some((part, index) => part !== parts[index]) ? mapped : parts
}

function mapRecord(parts: Readonly<Record<string, SubSchema>>, replace: Replace): Readonly<Record<string, SubSchema>> {
  const mapped = Object.entries(parts).map(([name, part]) => [name, replace(part)] as const)
  return mapped.some(([name, part]) => part !== parts[name]) ? Object.fromEntries(mapped) : parts
}

/** The named types that a schema refers to, through others too. */
export function reachableTypes(schema: SubSchema, types: SchemaTypes): Readonly<Record<string, SchemaKeywords>> {
  const reached = new Map<string, SchemaKeywords>()
  const waiting = refsIn(schema)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name) || !Object.hasOwn(types, name)) continue
    const type = types[name] as SchemaKeywords
    reached.set(name, type)
    waiting.push(...refsIn(type))
  }
  return Object.fromEntries(reached)
}

/** Whether a schema says something that only means what it means where it stands: no part of it can be checked by itself. */
export function isContextual(schema: SubSchema): boolean {
  if (typeof schema === 'boolean') return false
  if (schema.unevaluatedItems !== undefined || schema.unevaluatedProperties !== undefined) return true
  if ('$dynamicRef' in schema || (schema.$ref !== undefined && refName(schema.$ref) === undefined)) return true
  return partsOf(schema).some((part) => isContextual(part.schema))
}

function refsIn(schema: SubSchema): string[] {
  if (typeof schema === 'boolean') return []
  const own = refName(schema.$ref)
  return [...(own === undefined ? [] : [own]), ...partsOf(schema).flatMap((part) => refsIn(part.schema))]
}
