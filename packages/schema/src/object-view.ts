import type { JsonSchema } from './json-schema.ts'

/** A property of an object schema. */
export interface PropertyView {
  readonly schema: JsonSchema
  /** Whether the object must have it. */
  readonly isRequired: boolean
}

/**
 * Properties of a contract's schema that describes objects, by name and in the order they are written; parts of `allOf`
 * are seen as one.
 *
 * @param types the contract's named types, to follow references.
 * @returns nothing when the schema also accepts values that are not objects.
 */
export function viewObject(
  schema: JsonSchema,
  types: Readonly<Record<string, JsonSchema>>,
): ReadonlyMap<string, PropertyView> | undefined {
  const { $ref, type, properties, required = [], allOf = [] } = schema as ObjectKeywords
  if ($ref !== undefined) {
    const target = types[typeNameOf($ref)]
    return target === undefined ? undefined : viewObject(target, types)
  }
  const parts = allOf.map((part) => viewObject(part, types))
  if (type !== 'object' && properties === undefined && (parts.length === 0 || parts.includes(undefined))) {
    return undefined
  }
  const view = new Map<string, PropertyView>()
  for (const part of parts) for (const [name, property] of part ?? []) view.set(name, property)
  for (const [name, property] of Object.entries(properties ?? {})) {
    view.set(name, { schema: property, isRequired: required.includes(name) })
  }
  for (const name of required) {
    const property = view.get(name)
    if (property) view.set(name, { ...property, isRequired: true })
  }
  return view
}

/** Whether every value that a contract's schema takes is an object: an object schema, or a choice of them. */
export function isObjectSchema(schema: JsonSchema, types: Readonly<Record<string, JsonSchema>>): boolean {
  const { $ref, anyOf, oneOf } = schema as ObjectKeywords
  const target = $ref === undefined ? schema : types[typeNameOf($ref)]
  if (target === undefined) return false
  if (target !== schema) return isObjectSchema(target, types)
  if (viewObject(schema, types) !== undefined) return true
  const choice = anyOf ?? oneOf ?? []
  return choice.length > 0 && choice.every((variant) => isObjectSchema(variant, types))
}

/** The name of a type in a contract's reference: `User` of `#/$defs/User`. */
export function typeNameOf(ref: string): string {
  return ref.replace(/^#\/\$defs\//, '')
}

interface ObjectKeywords {
  readonly $ref?: string
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}
