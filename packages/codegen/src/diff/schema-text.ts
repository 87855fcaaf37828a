import { type Contract, typeNameOf } from '@wsrv/schema'
import type { Constraints } from './constraints.ts'

type Types = Contract['types']

/** Parts of a schema that are written out at most; what is larger is equal to nothing. */
const MAX_PARTS = 3_000

/**
 * A schema as text with what it refers to in place of the references, so that schemas of two versions can be told apart.
 * Annotations are left out and the order of keywords, which mean nothing on the wire.
 *
 * @param keepsDefaults whether it shows that there is a default, which matters where the server fills them in.
 * @returns nothing for a schema that is too large to be written out.
 */
export function schemaText(schema: unknown, types: Types, keepsDefaults = false): string | undefined {
  const writer = new Writer(types, keepsDefaults)
  const text = writer.schema(schema, [])
  return writer.isFull ? undefined : text
}

/** Keywords that mean nothing on the wire, but for what a default fills in. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
])

/** Keywords whose keys are the author's names, each with a schema. */
const SCHEMA_MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas'])

/** Keywords that hold values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['const', 'dependentRequired'])

/** Keywords whose order means nothing. */
const VALUE_SETS: ReadonlySet<string> = new Set(['enum', 'required', 'type'])
const SCHEMA_SETS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf'])

class Writer {
  readonly #types: Types
  readonly #keepsDefaults: boolean
  #parts = 0

  constructor(types: Types, keepsDefaults: boolean) {
    this.#types = types
    this.#keepsDefaults = keepsDefaults
  }

  get isFull(): boolean {
    return this.#parts > MAX_PARTS
  }

  schema(schema: unknown, open: readonly string[]): string {
    this.#parts += 1
    if (this.isFull || typeof schema !== 'object' || schema === null) return JSON.stringify(schema) ?? ''
    if (Array.isArray(schema)) return `[${schema.map((part) => this.schema(part, open)).join()}]`
    const keywords = Object.entries(plainly(schema)).filter(
      ([name]) => !ANNOTATIONS.has(name) && !name.startsWith('x-'),
    )
    const [only, ...more] = keywords
    if (only !== undefined && more.length === 0 && !(this.#keepsDefaults && 'default' in schema)) {
      const [name, value] = only
      if (SCHEMA_SETS.has(name) && Array.isArray(value) && value.length === 1) return this.schema(value[0], open)
    }
    const texts = keywords.map(([name, value]) => [name, this.#keyword(name, value, open)] as const)
    return braces(this.#keepsDefaults && 'default' in schema ? [...texts, ['default', '']] : texts)
  }

  #keyword(name: string, value: unknown, open: readonly string[]): string {
    if (name === '$ref' && typeof value === 'string') return this.#reference(typeNameOf(value), open)
    if (SCHEMA_MAPS.has(name)) {
      return braces(Object.entries(value as object).map(([key, part]) => [key, this.schema(part, open)]))
    }
    if (Array.isArray(value) && VALUE_SETS.has(name)) return setText(value.map(valueText))
    if (Array.isArray(value) && SCHEMA_SETS.has(name)) return setText(value.map((part) => this.schema(part, open)))
    return VALUES.has(name) ? valueText(value) : this.schema(value, open)
  }

  /** A type within itself is known by how far out it is. */
  #reference(type: string, open: readonly string[]): string {
    if (open.includes(type)) return String(open.length - open.indexOf(type))
    return this.schema(this.#types[type] ?? {}, [...open, type])
  }
}

/** A schema in one of the ways in which the same can be written. */
function plainly(schema: object): object {
  const { enum: values, exclusiveMinimum, exclusiveMaximum, ...rest } = schema as Constraints
  const isInteger = rest.type === 'integer'
  return {
    ...rest,
    ...(values?.length === 1 ? { const: values[0] } : values && { enum: values }),
    ...edge('minimum', rest.minimum, exclusiveMinimum, isInteger ? 1 : undefined),
    ...edge('maximum', rest.maximum, exclusiveMaximum, isInteger ? -1 : undefined),
  }
}

function edge(name: 'minimum' | 'maximum', inclusive?: number, exclusive?: number, step?: number): object {
  if (exclusive === undefined) return {}
  if (inclusive === undefined && step !== undefined && Number.isInteger(exclusive)) return { [name]: exclusive + step }
  return { [name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum']: exclusive }
}

function setText(texts: readonly string[]): string {
  return `[${[...texts].sort().join()}]`
}

function braces(entries: readonly (readonly [string, string])[]): string {
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${sorted.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`
}

/** A JSON value as text, whatever the order of its keys. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return braces(Object.entries(value).map(([key, part]) => [key, valueText(part)]))
}
