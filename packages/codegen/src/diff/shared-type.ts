import { type JsonSchema, typeNameOf } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import type { SchemaChange } from './schema-change.ts'
import { ANNOTATIONS } from './schema-text.ts'

/** Under what a variant knows the named type that it is all of; no JSON Schema has it, and no text of one shows it. */
const TYPE_NAME = Symbol('type name')

type Named = Keywords & { readonly [TYPE_NAME]?: string }

/** Variants of a type, which know its name. */
export function withTypeName(variants: readonly Keywords[], name: string): readonly Keywords[] {
  return variants.map((variant): Named => ({ [TYPE_NAME]: name, ...variant }))
}

/** A variant to which something was added, so that it is not all of its type any more. */
export function withoutTypeName(variant: Keywords): Keywords {
  const { [TYPE_NAME]: _name, ...rest } = variant as Named
  return rest
}

/** The type that two schemas refer to, or two variants come from, by the same name; nothing where they say more than that. */
export function sharedTypeOf(one: JsonSchema, other: JsonSchema): string | undefined {
  const name = nameOf(one)
  return name === nameOf(other) ? name : undefined
}

function nameOf(schema: JsonSchema): string | undefined {
  const { $ref, ...rest } = schema as Named
  if ($ref === undefined) return rest[TYPE_NAME]
  return Object.keys(rest).every((keyword) => ANNOTATIONS.has(keyword)) ? typeNameOf($ref) : undefined
}

/** Says of changes within a type where in it they are; of those in a type within it, that is said already. */
export function inType(name: string | undefined, changes: readonly SchemaChange[]): readonly SchemaChange[] {
  if (name === undefined) return changes
  return changes.map((change) => ({ sharedType: `type ${name}#${change.path}`, ...change }))
}
