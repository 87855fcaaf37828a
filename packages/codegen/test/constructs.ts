import { Type } from 'typebox'

/** Schemas of every construct that a contract may use, for tests that only ask whether the result holds together. */
export function everyConstruct(): Readonly<Record<string, object>> {
  const Leaf = Type.Object({ kind: Type.Literal('leaf'), size: Type.Number() })
  return {
    string: Type.String({ description: 'Text.', minLength: 1, format: 'email' }),
    integer: Type.Integer({ minimum: 1 }),
    boolean: Type.Boolean(),
    nothing: Type.Null(),
    anything: Type.Unknown(),
    nullable: Type.Union([Type.String(), Type.Null()]),
    nullableObject: Type.Union([Type.Object({ a: Type.String({ description: 'A.' }) }), Type.Null()]),
    literals: Type.Union([Type.Literal('one'), Type.Literal("it's"), Type.Literal(3), Type.Literal(true)]),
    enumeration: Type.Enum(['north', 'east', 'south', 'west']),
    manyLiterals: Type.Union(Array.from({ length: 12 }, (_, index) => Type.Literal(`literal number ${index}`))),
    documentedMembers: Type.Union([
      Type.Literal('on', { description: 'Lit.' }),
      Type.Literal('off', { description: 'Dark.' }),
    ]),
    array: Type.Array(Type.String()),
    arrayOfUnion: Type.Array(Type.Union([Type.String(), Type.Number()])),
    arrayOfLongUnion: Type.Array(
      Type.Union(Array.from({ length: 12 }, (_, index) => Type.Literal(`literal number ${index}`))),
    ),
    arrayOfObjects: Type.Array(Type.Object({ a: Type.String(), b: Type.Optional(Type.Number({ description: 'B.' })) })),
    tuple: Type.Tuple([Type.String(), Type.Number()]),
    longTuple: Type.Tuple(Array.from({ length: 14 }, (_, index) => Type.Literal(`element ${index}`))),
    tupleWithRest: Type.Tuple([Type.String(), Type.Rest(Type.Array(Type.Union([Type.Number(), Type.Null()])))]),
    optionalElements: {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'number' }],
      items: false,
      minItems: 1,
    },
    record: Type.Record(Type.String(), Type.Number()),
    recordOfObjects: Type.Record(
      Type.String(),
      Type.Object({ a: Type.String({ description: 'A.' }), b: Type.Number() }),
    ),
    recordByNumber: Type.Record(Type.Number(), Type.Boolean()),
    recordByTemplate: Type.Record(Type.TemplateLiteral([Type.Literal('user-'), Type.Number()]), Type.Boolean()),
    template: Type.TemplateLiteral([Type.Literal('v'), Type.Number(), Type.Enum(['a', 'b']), Type.String()]),
    object: Type.Object({
      a: Type.String(),
      'not-an-identifier': Type.Number(),
      '1': Type.Null(),
      default: Type.Boolean(),
    }),
    emptyObject: Type.Object({}),
    closedObject: Type.Object({}, { additionalProperties: false }),
    openObject: Type.Object({ a: Type.String() }, { additionalProperties: Type.Number() }),
    nested: Type.Object({
      a: Type.Object({ b: Type.Object({ c: Type.Array(Type.Object({ d: Type.String({ description: 'D.' }) })) }) }),
    }),
    intersection: Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Number() })]),
    variants: Type.Union([
      Leaf,
      Type.Object({ kind: Type.Literal('node'), leaves: Type.Array(Leaf, { description: 'L.' }) }),
    ]),
    withTags: Type.Integer({
      description: 'Tagged.\nTwice */ over.',
      minimum: 1,
      maximum: 9,
      default: 3,
      examples: [4],
      deprecated: true,
    }),
  }
}
