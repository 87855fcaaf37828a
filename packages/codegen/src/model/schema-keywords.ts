import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'

/** The keywords of JSON Schema that have a meaning for types. */
export interface Keywords {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly not?: JsonSchema
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly if?: JsonSchema
  readonly then?: JsonSchema
  readonly else?: JsonSchema
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly required?: readonly string[]
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly default?: unknown
}

/** The schema that a reference refers to; any other schema is itself, and one that refers to itself is any value. */
export function resolve(schema: JsonSchema, types: Contract['types']): Keywords {
  const seen = new Set<string>()
  let resolved: Keywords = schema
  while (resolved.$ref !== undefined) {
    if (seen.has(resolved.$ref)) return {}
    seen.add(resolved.$ref)
    resolved = types[typeNameOf(resolved.$ref)] ?? {}
  }
  return resolved
}
