import type { Contract, JsonSchema } from '@wsrv/schema'
import { typeNameOf } from '@wsrv/schema'
import { typeName } from '../names.ts'

/** The contract's types as `components.schemas` of an AsyncAPI document. */
export function schemaComponents(types: Contract['types']): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(types).map(([name, schema]) => [name, titleVariants(name, messageSchema(schema))]),
  )
}

interface Variant {
  readonly title?: string
  readonly properties?: Readonly<Record<string, { readonly const?: unknown }>>
}

/** Titles the variants of a type by what tells them apart, `ContentText`: generators of models name classes by them. */
function titleVariants(name: string, schema: { readonly anyOf?: readonly Variant[] }): object {
  const titled = schema.anyOf?.map((variant) => {
    const label = Object.values(variant.properties ?? {}).find((one) => typeof one.const === 'string')?.const
    return label === undefined || variant.title !== undefined
      ? variant
      : { title: typeName(name, String(label)), ...variant }
  })
  return titled === undefined ? schema : { ...schema, anyOf: titled }
}

/**
 * Rewrites a contract's schema as an AsyncAPI schema object: a superset of JSON Schema draft 07, where `$ref` allows no
 * other keywords beside it and `items` holds a tuple.
 */
export function messageSchema(schema: JsonSchema): object {
  const { $ref, prefixItems, items, ...others } = schema as Readonly<Record<string, unknown>>
  const own = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, rewrite(key, value)]))
  if (typeof $ref === 'string') return wrapReference($ref, own)
  if (Array.isArray(prefixItems)) {
    return { ...own, items: prefixItems.map(messageSchema), additionalItems: rewriteSchema(items ?? true) }
  }
  return items === undefined ? own : { ...own, items: rewriteSchema(items) }
}

function wrapReference(ref: string, own: object): object {
  const target = { $ref: `#/components/schemas/${typeNameOf(ref)}` }
  return Object.keys(own).length === 0 ? target : { allOf: [target], ...own }
}

/** Keywords whose values are maps of schemas. */
const MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas'])

/** Keywords whose values are data, even when they look like schemas. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples', 'required', 'type'])

function rewrite(keyword: string, value: unknown): unknown {
  if (DATA.has(keyword)) return value
  if (!MAPS.has(keyword)) return rewriteSchema(value)
  return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, rewriteSchema(part)]))
}

function rewriteSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteSchema)
  return typeof value === 'object' && value !== null ? messageSchema(value) : value
}
