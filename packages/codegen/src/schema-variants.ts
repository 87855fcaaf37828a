import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'

/** The keywords of a contract's schema by which versions are compared. */
export interface Keywords {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema | false
  readonly prefixItems?: readonly JsonSchema[]
  readonly default?: unknown
}

type Types = Contract['types']

/** What a reference refers to; anything else is itself. */
export function resolve(schema: JsonSchema, types: Types): Keywords {
  const { $ref } = schema as Keywords
  if ($ref === undefined) return schema
  return resolve(types[typeNameOf($ref)] ?? {}, types)
}

/** The alternatives that a schema is a choice of, each of one type or one value; itself when it is no choice. */
export function variantsOf(reference: JsonSchema, types: Types): readonly Keywords[] {
  const schema = resolve(reference, types)
  const { anyOf, oneOf, enum: values, type } = schema
  const choice = anyOf ?? oneOf
  if (choice !== undefined) return choice.flatMap((variant) => variantsOf(variant, types))
  if (values !== undefined) return values.map((value) => ({ const: value }))
  if (Array.isArray(type)) return type.map((one) => ({ ...schema, type: one }))
  return [mergeParts(schema, types)]
}

/** The parts of `allOf` as one object, where all of them are objects. */
function mergeParts(schema: Keywords, types: Types): Keywords {
  if (schema.allOf === undefined) return schema
  const { allOf, ...own } = schema
  const merged: readonly Keywords[] = [own, ...allOf.map((part) => mergeParts(resolve(part, types), types))]
  return {
    ...own,
    type: 'object',
    properties: Object.assign({}, ...merged.map(({ properties }) => properties)),
    required: merged.flatMap(({ required = [] }) => required),
  }
}

/** How variants of two versions belong together. */
export interface Pairing {
  readonly pairs: readonly (readonly [before: Keywords, after: Keywords])[]
  /** Variants that the new version does not take. */
  readonly lost: readonly Keywords[]
  /** Variants that the old version did not take. */
  readonly gained: readonly Keywords[]
}

/** Pairs the variants of two versions: by value, by discriminator, by type. */
export function pairVariants(before: readonly Keywords[], after: readonly Keywords[]): Pairing {
  const left = [...after]
  const pairs: (readonly [Keywords, Keywords])[] = []
  const unpaired: Keywords[] = []
  for (const variant of before) {
    const key = keyOf(variant)
    const same = left.findIndex((other) => JSON.stringify(other) === JSON.stringify(variant))
    const at = same === -1 ? left.findIndex((other) => keyOf(other) === key) : same
    const [match] = at === -1 ? [] : left.splice(at, 1)
    if (match === undefined) unpaired.push(variant)
    else pairs.push([variant, match])
  }
  return {
    pairs,
    lost: unpaired.filter((variant) => !after.some((other) => covers(other, variant))),
    gained: left.filter((variant) => !before.some((other) => covers(other, variant))),
  }
}

/** What a variant is known by among its siblings: its value, its type, or an object's discriminating property. */
export function keyOf(variant: Keywords): string {
  if ('const' in variant) return `value ${JSON.stringify(variant.const)}`
  if (variant.properties !== undefined || variant.type === 'object') return `object${discriminatorOf(variant)}`
  return typeof variant.type === 'string' ? variant.type : 'anything'
}

function discriminatorOf({ properties = {} }: Keywords): string {
  const [name, property] = Object.entries(properties).find(([, schema]) => 'const' in schema) ?? []
  return property === undefined ? '' : ` ${name} ${JSON.stringify((property as Keywords).const)}`
}

/** Whether every value of one variant is one of another, wider one. */
function covers(wide: Keywords, narrow: Keywords): boolean {
  const [outer, inner] = [keyOf(wide), keyOf(narrow)]
  if (outer === 'anything' || outer === inner) return true
  if (outer === 'number' && inner === 'integer') return true
  return 'const' in narrow && outer === jsonTypeOf(narrow.const)
}

function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** A variant in a few words: `integer`, `"text"`, `object (kind "text")`. */
export function describeVariant(variant: Keywords): string {
  if ('const' in variant) return JSON.stringify(variant.const)
  const key = keyOf(variant)
  return key.startsWith('object ') ? `object (${key.slice('object '.length)})` : key
}
