import { type Contract, type JsonSchema, type PropertyView, typeNameOf, viewObject } from '@wsrv/schema'

/** The types that `#/$defs/…` refers to. */
export type Types = Contract['types']

/** How a value is asked for: what a form shows for a schema. */
export type FieldShape =
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, PropertyView>; readonly values?: JsonSchema }
  | { readonly kind: 'array'; readonly items: JsonSchema }
  | { readonly kind: 'tuple'; readonly items: readonly JsonSchema[] }
  | { readonly kind: 'union'; readonly variants: readonly JsonSchema[] }
  | { readonly kind: 'nullable'; readonly inner: JsonSchema }
  | { readonly kind: 'choice'; readonly values: readonly unknown[] }
  | { readonly kind: 'text' | 'number' | 'boolean' | 'null' | 'json' }

/** The keywords that decide what a form looks like. */
export interface Keywords {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly title?: string
  readonly description?: string
  readonly deprecated?: boolean | string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** A schema with its reference followed; what stands beside the reference wins. */
export function resolve(schema: JsonSchema, types: Types): Keywords {
  let keywords = schema as Keywords
  for (let steps = 0; keywords.$ref !== undefined && steps < MAX_STEPS; steps += 1) {
    const { $ref, ...beside } = keywords
    keywords = { ...(types[typeNameOf($ref)] as Keywords | undefined), ...beside }
  }
  return keywords
}

/** References that only lead to each other end nowhere. */
const MAX_STEPS = 20

/** Reads what a form shows for a schema. */
export function readField(schema: JsonSchema, types: Types): FieldShape {
  const keywords = resolve(schema, types)
  if ('const' in keywords) return { kind: 'choice', values: [keywords.const] }
  if (keywords.enum !== undefined) return { kind: 'choice', values: keywords.enum }
  const variants = keywords.anyOf ?? keywords.oneOf
  if (variants !== undefined) return readUnion(variants, keywords, types)
  if (Array.isArray(keywords.type)) return readTypes(keywords, keywords.type as readonly string[], types)
  const fields = viewObject(keywords, types)
  if (fields !== undefined) return readObject(fields, keywords)
  return readPlain(keywords)
}

function readUnion(variants: readonly JsonSchema[], keywords: Keywords, types: Types): FieldShape {
  // What stands beside the alternatives holds for each of them, and is checked; a form cannot show it.
  if (keywords.properties !== undefined) return { kind: 'json' }
  const consts = variants.map((variant) => resolve(variant, types))
  if (consts.every((variant) => 'const' in variant)) return { kind: 'choice', values: consts.map((one) => one.const) }
  const others = variants.filter((variant) => resolve(variant, types).type !== 'null')
  const [inner] = others
  if (others.length === 1 && inner !== undefined && variants.length === 2) return { kind: 'nullable', inner }
  if (others.length === variants.length - 1) {
    const { anyOf, oneOf, ...rest } = keywords
    return { kind: 'nullable', inner: { ...rest, default: undefined, anyOf: others } }
  }
  return { kind: 'union', variants }
}

function readTypes(keywords: Keywords, names: readonly string[], types: Types): FieldShape {
  const others = names.filter((type) => type !== 'null')
  const [only] = others
  if (others.length === 1 && only !== undefined) {
    const inner = { ...keywords, type: only }
    return names.length === 1 ? readField(inner, types) : { kind: 'nullable', inner }
  }
  return { kind: 'union', variants: names.map((type) => ({ ...keywords, type })) }
}

function readObject(fields: ReadonlyMap<string, PropertyView>, keywords: Keywords): FieldShape {
  const { additionalProperties = fields.size === 0, patternProperties = {} } = keywords
  const [pattern] = Object.values(patternProperties)
  if (pattern !== undefined) return { kind: 'object', fields, values: pattern }
  if (additionalProperties === false || (additionalProperties === true && fields.size > 0))
    return { kind: 'object', fields }
  return { kind: 'object', fields, values: additionalProperties === true ? {} : additionalProperties }
}

function readPlain({ type, items, prefixItems }: Keywords): FieldShape {
  switch (type) {
    case 'string':
      return { kind: 'text' }
    case 'integer':
    case 'number':
      return { kind: 'number' }
    case 'boolean':
    case 'null':
      return { kind: type }
    case 'array':
      if (prefixItems !== undefined) return { kind: 'tuple', items: prefixItems }
      return { kind: 'array', items: typeof items === 'object' ? items : {} }
    default:
      return { kind: 'json' }
  }
}
