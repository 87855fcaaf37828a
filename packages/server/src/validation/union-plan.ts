import { resolveRef, type SchemaKeywords, type SchemaTypes, type SubSchema } from './schema-keywords.ts'

/**
 * Which alternatives of a union a value can match at all, decided once per schema: by the value's JSON type, and for objects by
 * the property whose constant tells the alternatives apart.
 */
export class UnionPlan {
  /** The property that tells objects apart; `undefined` when no property does. */
  readonly discriminator: string | undefined
  /** The constants that the discriminator may have. */
  readonly tags: readonly unknown[]
  readonly #byTag: ReadonlyMap<unknown, readonly number[]>
  readonly #untagged: readonly number[]
  readonly #byType: ReadonlyMap<string, readonly number[]>

  constructor(alternatives: readonly SubSchema[], types: SchemaTypes) {
    const resolved = alternatives.map((one) => resolveRef(one, types))
    const constants = resolved.map(constantsOf)
    this.discriminator = findDiscriminator(constants)
    this.#byType = new Map(JSON_TYPES.map((type) => [type, indexesOf(resolved, (one) => mayBe(one, type))]))
    const objects = this.#byType.get('object') ?? []
    const valuesOf = (index: number): readonly unknown[] | undefined =>
      this.discriminator === undefined ? undefined : constants[index]?.get(this.discriminator)
    this.tags = [...new Set(objects.flatMap((index) => valuesOf(index) ?? []))]
    this.#untagged = objects.filter((index) => valuesOf(index) === undefined)
    this.#byTag = groupByTag(objects, valuesOf)
  }

  /** The indexes of the alternatives that are worth a look, in their order. */
  candidates(value: unknown): readonly number[] {
    const type = jsonTypeOf(value)
    if (type !== 'object' || this.discriminator === undefined) return this.#byType.get(type) ?? []
    return this.#byTag.get(this.tagOf(value)) ?? this.#untagged
  }

  /** What a value says to be, by its discriminator. */
  tagOf(value: unknown): unknown {
    const { discriminator } = this
    if (typeof value !== 'object' || value === null || discriminator === undefined) return undefined
    return Object.hasOwn(value, discriminator) ? (value as Readonly<Record<string, unknown>>)[discriminator] : undefined
  }

  /** The JSON types that a value may be of. */
  get types(): readonly string[] {
    return JSON_TYPES.filter((type) => (this.#byType.get(type) ?? []).length > 0)
  }
}

/** JSON's own types: what `type` may say, but for `integer`, which is a number. */
const JSON_TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const

/** The JSON type of a value. */
export function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

type Constants = ReadonlyMap<string, readonly unknown[]>

/** The required properties of an object schema that are constants, and what they may be. */
function constantsOf(schema: SubSchema): Constants {
  if (typeof schema === 'boolean') return new Map()
  const entries = (schema.required ?? []).flatMap((name): readonly [string, readonly unknown[]][] => {
    const values = constantValues(Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined)
    return values === undefined ? [] : [[name, values]]
  })
  return new Map(entries)
}

function constantValues(schema: SubSchema | undefined): readonly unknown[] | undefined {
  if (typeof schema !== 'object') return undefined
  const values = 'const' in schema ? [schema.const] : schema.enum
  return values?.every((value) => typeof value !== 'object' && value !== undefined) === true ? values : undefined
}

/** The property that is a constant in most alternatives, in two at least. */
function findDiscriminator(constants: readonly Constants[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of constants.flatMap((one) => [...one.keys()])) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [best] = [...counts].sort(([, one], [, other]) => other - one)
  return best !== undefined && best[1] > 1 ? best[0] : undefined
}

function groupByTag(
  objects: readonly number[],
  valuesOf: (index: number) => readonly unknown[] | undefined,
): ReadonlyMap<unknown, readonly number[]> {
  const tags = new Set(objects.flatMap((index) => valuesOf(index) ?? []))
  const byTag = new Map<unknown, number[]>([...tags].map((tag) => [tag, []]))
  for (const index of objects) {
    const values = valuesOf(index)
    for (const tag of values ?? tags) byTag.get(tag)?.push(index)
  }
  return byTag
}

function indexesOf(schemas: readonly SubSchema[], matches: (schema: SubSchema) => boolean): readonly number[] {
  return schemas.flatMap((schema, index) => (matches(schema) ? [index] : []))
}

/** Whether a schema can match a value of a JSON type, as far as its own `type` and constants say. */
function mayBe(schema: SubSchema, type: string): boolean {
  if (typeof schema === 'boolean') return schema
  return declaresType(schema, type) && constantsAllow(schema, type)
}

function declaresType({ type }: SchemaKeywords, wanted: string): boolean {
  if (type === undefined) return true
  const declared = typeof type === 'string' ? [type] : type
  return declared.includes(wanted) || (wanted === 'number' && declared.includes('integer'))
}

function constantsAllow(schema: SchemaKeywords, type: string): boolean {
  const values = 'const' in schema ? [schema.const] : schema.enum
  return values === undefined || values.some((value) => jsonTypeOf(value) === type)
}
