import fc from 'fast-check'

/** A JSON Schema as plain data. */
export type Schema = { readonly [keyword: string]: unknown }

/** A schema with the types that it refers to. */
export interface Subject {
  readonly schema: Schema
  readonly types: Readonly<Record<string, Schema>>
}

/** Names of properties: few, so that schemas meet. `zz` is kept for properties that no schema declares. */
export const NAMES = ['a', 'b', 'kind'] as const

/** Patterns with texts that match them. */
export const PATTERNS: ReadonlyMap<string, readonly string[]> = new Map([
  ['^a+$', ['a', 'aaa']],
  ['^[0-9]+$', ['1', '42']],
  ['^x_', ['x_', 'x_1']],
])

/** Formats with texts that match them; nothing checks the last. */
export const FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ['date', ['2020-01-02']],
  ['email', ['a@example.org']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000']],
  ['x-colour', ['red', '']],
])

const VALUES = ['x', 'y', '', 1, 2, 0.5, true, false, null] as const
const TYPES = ['null', 'boolean', 'string', 'number', 'integer', 'object', 'array'] as const

const number = fc.constantFrom(-1, 0, 1, 2, 5, 0.5, 10)
const count = fc.constantFrom(0, 1, 2, 3)
const optional = { requiredKeys: [] as [] }

const text = fc.record(
  {
    minLength: count,
    maxLength: fc.constantFrom(1, 2, 3, 40),
    pattern: fc.constantFrom(...PATTERNS.keys()),
    format: fc.constantFrom(...FORMATS.keys()),
  },
  optional,
)
const bounds = fc.record(
  {
    minimum: number,
    maximum: fc.constantFrom(2, 5, 10, 4.5),
    exclusiveMinimum: number,
    exclusiveMaximum: fc.constantFrom(2, 5, 10.5),
    multipleOf: fc.constantFrom(0.5, 1, 2, 3, 6),
  },
  optional,
)

/** A text with a format that no pattern and no length contradicts: of what no value matches, little can be said. */
function satisfiable(own: Schema | object): object {
  const { format } = own as Schema
  return format === undefined ? own : { format }
}

const RANGES = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
] as const

/** Two bounds of one thing, the lower first: the generator refuses others. */
function ordered(own: object): object {
  const values = { ...own } as Record<string, unknown>
  for (const [low, high] of RANGES) if (Number(values[low]) > Number(values[high])) delete values[low]
  return values
}

/** A property that another one wants is declared. */
function meaningful(rest: object, properties: object): object {
  const { dependentRequired, ...others } = rest as Schema
  return 'a' in properties && 'b' in properties && dependentRequired !== undefined ? rest : others
}

/** Fewer constraints are likelier: half of the time there is none. */
function mostlyBare<Value extends object>(constraints: fc.Arbitrary<Value>): fc.Arbitrary<Value | object> {
  return fc.oneof(fc.constant({}), constraints)
}

const of = (type: unknown, rest: fc.Arbitrary<object>): fc.Arbitrary<Schema> =>
  rest.map((own) => ({ type, ...ordered(own) }))

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  of('string', mostlyBare(text.map(satisfiable))),
  of('integer', mostlyBare(bounds)),
  of('number', mostlyBare(bounds)),
  fc.constantFrom<Schema>({ type: 'boolean' }, { type: 'null' }, {}),
  fc.constantFrom(...VALUES).map((value) => ({ const: value })),
  fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
  fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 2, maxLength: 3 }).map((type) => ({ type })),
)

/** Any schema of the kinds that TypeBox, zod and hands write. */
export const schema: fc.Arbitrary<Schema> = fc.letrec<{ any: Schema }>((tie) => {
  const any = tie('any')
  const property = fc.tuple(any, fc.option(fc.constantFrom(...VALUES, {}), { nil: undefined })).map(([one, value]) => {
    return value === undefined ? one : { ...one, default: value }
  })
  const properties = fc.dictionary(fc.constantFrom(...NAMES), property, { maxKeys: 3, noNullPrototype: true })
  const object = fc
    .record({
      properties,
      required: fc.subarray([...NAMES]),
      rest: fc.record(
        {
          additionalProperties: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, fc.constant(true), any),
          patternProperties: fc.tuple(fc.constantFrom('^a', '^z', '^x_'), any).map(([name, one]) => ({ [name]: one })),
          minProperties: fc.constant(1),
          maxProperties: fc.constantFrom(1, 2),
          dependentRequired: fc.constant({ a: ['b'] }),
          propertyNames: fc.constant({ maxLength: 4 }),
        },
        optional,
      ),
      hasRest: fc.nat(3),
    })
    .map(({ properties, required, rest, hasRest }): Schema => {
      const declared = required.filter((name) => name in properties)
      return {
        type: 'object',
        properties,
        ...(declared.length > 0 && { required: declared }),
        ...(hasRest === 0 && ordered(meaningful(rest, properties))),
        ...(hasRest === 1 && 'additionalProperties' in rest && { additionalProperties: rest.additionalProperties }),
      }
    })
  const record = any.map((values): Schema => ({ type: 'object', additionalProperties: values }))
  const lengths = mostlyBare(
    fc.record(
      { minItems: count, maxItems: fc.constantFrom(1, 2, 4), uniqueItems: fc.boolean(), contains: leaf },
      optional,
    ),
  )
  const array = fc.tuple(any, lengths).map(([items, own]): Schema => ({ type: 'array', items, ...ordered(own) }))
  const tuple = fc
    .tuple(fc.array(any, { minLength: 1, maxLength: 3 }), count, fc.boolean())
    .map(([prefixItems, minItems, isClosed]): Schema => {
      return { type: 'array', prefixItems, minItems, ...(isClosed && { items: false }) }
    })
  const branches = fc.array(any, { minLength: 1, maxLength: 3 })
  const tagged = fc.array(object, { minLength: 2, maxLength: 3 }).map(
    (objects): Schema => ({
      anyOf: objects.map((one, index) => ({
        ...one,
        properties: { ...(one['properties'] as object), kind: { const: ['x', 'y', 'z'][index] } },
        required: [...new Set([...((one['required'] as string[] | undefined) ?? []), 'kind'])],
      })),
    }),
  )
  const rare = fc.oneof(
    fc.tuple(any, leaf).map(([one, not]): Schema => ({ ...one, not })),
    fc.tuple(leaf, any, any).map(([condition, then, otherwise]): Schema => ({ if: condition, then, else: otherwise })),
    fc.tuple(any, leaf).map(([one, condition]): Schema => ({ ...one, dependentSchemas: { a: condition } })),
  )
  return {
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true, maxDepth: 3 },
      { arbitrary: leaf, weight: 6 },
      { arbitrary: object, weight: 5 },
      { arbitrary: array, weight: 2 },
      { arbitrary: record, weight: 1 },
      { arbitrary: tuple, weight: 1 },
      { arbitrary: branches.map((anyOf): Schema => ({ anyOf })), weight: 2 },
      { arbitrary: branches.map((oneOf): Schema => ({ oneOf })), weight: 1 },
      { arbitrary: fc.array(any, { minLength: 1, maxLength: 2 }).map((allOf): Schema => ({ allOf })), weight: 1 },
      { arbitrary: tagged, weight: 1 },
      { arbitrary: fc.constantFrom<Schema>({ $ref: '#/$defs/T' }, { $ref: '#/$defs/U' }), weight: 1 },
      { arbitrary: any.map((one): Schema => ({ anyOf: [one, { type: 'null' }] })), weight: 1 },
      { arbitrary: rare, weight: 1 },
    ),
  }
}).any

/** A schema with its types, which may refer to each other and to themselves. */
export const subject: fc.Arbitrary<Subject> = fc
  .tuple(schema, schema, schema)
  .map(([own, T, U]): Subject => grounded({ schema: own, types: { T, U } }))

/** Types that are not a choice of themselves, which would say nothing: references stand within properties and items. */
export function grounded({ schema: own, types }: Subject): Subject {
  const entries = Object.entries(types).map(([name, one]) => [name, groundedType(one)] as const)
  return { schema: own, types: Object.fromEntries(entries) }
}

const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']

function groundedType(one: Schema): Schema {
  const { $ref: _ref, ...own } = one
  const entries = Object.entries(own).map(([key, value]) => {
    if (!IN_PLACE.includes(key)) return [key, value]
    return [key, Array.isArray(value) ? value.map(groundedType) : groundedType(value as Schema)]
  })
  return Object.fromEntries(entries)
}
