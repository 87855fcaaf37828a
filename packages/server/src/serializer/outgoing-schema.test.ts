import { type Codec, jsonCodec, type Response } from '@wsrv/protocol'
import type { JsonSchema } from '@wsrv/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileStripper } from './compile-stripper.ts'
import { compileWriter } from './compile-writer.ts'
import { OutgoingSchema } from './outgoing-schema.ts'
import { readShapes } from './read-shape.ts'
import { strip } from './strip.ts'

const string = { type: 'string' }
const object = (properties: object, more: object = {}): JsonSchema => ({ type: 'object', properties, ...more })
const types = {
  User: object(
    { name: string, friend: { anyOf: [{ $ref: '#/$defs/User' }, { type: 'null' }] } },
    { required: ['name'] },
  ),
} as never

const envelope = (data: unknown): Response => ({ cmd: 'c', seqno: 's', status: 0, msg: 'ok', data })
/** Another codec than JSON's own, though it writes JSON, too. */
const otherCodec: Codec = { ...jsonCodec, name: 'other' }

/** What a schema lets through, by both ways, which must agree. */
function sent(schema: JsonSchema, data: unknown): unknown {
  const outgoing = new OutgoingSchema(schema, types)
  expect(outgoing.accepts(data)).toBe(true)
  const [compiled, stripped] = [jsonCodec, otherCodec].map((codec) => outgoing.encode(codec, envelope(data)))
  expect(JSON.parse(String(compiled))).toEqual(JSON.parse(String(stripped)))
  return JSON.parse(String(compiled)).data
}

const isCompiled = (schema: JsonSchema): boolean => compileStripper(readShapes(schema, types)) !== undefined

describe('what leaves the server', () => {
  const secret = { passwordHash: 'x' }
  const kinds = [object({ kind: { const: 'a' }, one: string }), object({ kind: { const: 'b' }, two: string })]
  const tagged = { anyOf: kinds.map((kind) => ({ ...kind, required: ['kind'] })) } as JsonSchema
  const untagged = { anyOf: [object({ one: string }, { required: ['one'] }), object({ two: string })] } as JsonSchema

  it.each<[string, JsonSchema, unknown, unknown, boolean]>([
    ['declared properties only', object({ name: string }), { name: 'a', ...secret }, { name: 'a' }, true],
    ['nothing of an object without properties', object({}), secret, {}, true],
    [
      'everything of an open object',
      object({ name: string }, { additionalProperties: true }),
      { name: 'a', ...secret },
      { name: 'a', ...secret },
      true,
    ],
    ['everything of a schema that says nothing', {}, [secret], [secret], true],
    ['everything of an object of which nothing is declared', { type: 'object' }, secret, secret, true],
    [
      'the values of a record, stripped',
      object({}, { additionalProperties: object({ a: string }) }),
      { x: { a: 'a', ...secret } },
      { x: { a: 'a' } },
      true,
    ],
    [
      'the items of an array, stripped',
      { type: 'array', items: object({ a: string }) },
      [{ a: 'a', ...secret }, secret],
      [{ a: 'a' }, {}],
      true,
    ],
    [
      'a tuple, stripped',
      { type: 'array', prefixItems: [string, object({ a: string })], items: false } as JsonSchema,
      ['x', secret],
      ['x', {}],
      false,
    ],
    [
      'named types, stripped as deep as they go',
      { $ref: '#/$defs/User' },
      { name: 'a', friend: { name: 'b', friend: null, ...secret }, ...secret },
      { name: 'a', friend: { name: 'b', friend: null } },
      true,
    ],
    [
      'the alternative that a constant names',
      tagged,
      { kind: 'a', one: 'x', two: 'y', ...secret },
      { kind: 'a', one: 'x' },
      true,
    ],
    [
      'what any matching alternative declares',
      untagged,
      { one: 'x', two: 'y', ...secret },
      { one: 'x', two: 'y' },
      false,
    ],
    ['what one alternative declares that matches', untagged, { two: 'y', ...secret }, { two: 'y' }, false],
    [
      'what the parts of an intersection declare',
      { allOf: [object({ a: object({ b: string }) }), object({ a: object({ c: string }) })] } as JsonSchema,
      { a: { b: 'b', c: 'c', ...secret }, ...secret },
      { a: { b: 'b', c: 'c' } },
      false,
    ],
    [
      'no more because of a constraint beside',
      object({ a: string, b: string }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
      { a: 'a', ...secret },
      { a: 'a' },
      true,
    ],
    [
      'properties by pattern',
      object({}, { patternProperties: { '^x-': object({ a: string }) } }),
      { 'x-1': { a: 'a', ...secret }, ...secret },
      { 'x-1': { a: 'a' } },
      false,
    ],
    [
      'what a condition adds',
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      object({ a: string }, { if: { required: ['a'] }, then: object({ b: string }) }),
      { a: 'a', b: 'b', ...secret },
      { a: 'a', b: 'b' },
      false,
    ],
    ['a required property that is not declared', object({}, { required: ['a'] }), { a: 1, ...secret }, { a: 1 }, true],
    [
      'no more of it than another part declares',
      { allOf: [object({ a: object({ b: string }) }), object({ c: string }, { required: ['a'] })] } as JsonSchema,
      { a: { b: 'b', ...secret } },
      { a: { b: 'b' } },
      false,
    ],
  ])('is %s', (_what, schema, data, expected, compiled) => {
    expect(sent(schema, data)).toEqual(expected)
    expect(isCompiled(schema)).toBe(compiled)
  })

  it('keeps what an instance inherits from its class, and not what objects have by nature', () => {
    class Row {
      readonly #name = 'a'
      get name(): string {
        return this.#name
      }
    }
    expect(sent(object({ name: string }), new Row())).toEqual({ name: 'a' })
    expect(sent(object({ toString: string }), { toString: 'own' })).toEqual({ toString: 'own' })
  })

  it('writes small objects in less time, the rest as any codec is handed it', () => {
    const writes = (schema: JsonSchema, data: unknown): boolean =>
      compileWriter(readShapes(schema, types))?.(data) !== undefined
    expect(writes(object({ a: string, b: object({ c: { type: 'number' } }) }), { a: 'a', b: { c: 1 } })).toBe(true)
    expect(writes(object({ a: string }), { a: 'x'.repeat(513) })).toBe(false)
    const list = { type: 'array', items: object({ b: string }) }
    expect(writes(object({ a: list }), { a: [{}, { b: 'b' }] })).toBe(true)
    expect(writes(object({ a: list }), { a: [{}, {}, {}, {}, {}] })).toBe(false)
    expect(writes(object({ a: object({ a: list }) }), { a: { a: [] } })).toBe(false)
    expect(writes(object({ a: {} }), { a: 1 })).toBe(false)
  })

  it('writes keys and constants that would be code if they were not quoted', () => {
    const key = '"];throw 1;//\u2028'
    const schema = object({ [key]: string, __proto__x: string }, { required: [key] })
    expect(sent(schema, { [key]: 'v', ...secret })).toEqual({ [key]: 'v' })
  })

  it('has a text for every string: escapes, lone surrogates, line separators', () => {
    const write = compileWriter(readShapes(object({ a: string }), {}))
    const writer = (a: string): unknown => write?.({ a })?.slice('{"a":'.length, -1)
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(writer(text)).toBe(JSON.stringify(text))
    })
    fc.assert(property)
    for (const text of ['\ud800', 'a"b', '\\', '\u0000', '\u2028', '😀', 'x'.repeat(64)]) {
      expect(writer(text)).toBe(JSON.stringify(text))
    }
  })
})

/** Schemas of many kinds, as a contract's author may nest them. */
const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonSchema>(
      {},
      { type: 'string' },
      { type: 'integer' },
      { type: 'boolean' },
      { const: 1 },
      { type: 'object' },
      { enum: ['a', null] } as JsonSchema,
      { $ref: '#/$defs/User' },
    ),
    fc.record({ type: fc.constant('array'), items: tie('schema') }) as fc.Arbitrary<JsonSchema>,
    fc
      .tuple(
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema')),
        fc.subarray(['a', 'b']),
        fc.constantFrom<unknown>(undefined, true, false, { type: 'string' }),
      )
      .map(
        ([properties, required, additionalProperties]): JsonSchema =>
          ({
            type: 'object',
            properties,
            required,
            ...(additionalProperties !== undefined && { additionalProperties }),
          }) as JsonSchema,
      ),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf }) as JsonSchema),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf }) as JsonSchema),
  ),
}))
const anyData = fc.jsonValue({ maxDepth: 3 }).chain((value) => fc.oneof(fc.constant(value), nested()))

function nested(): fc.Arbitrary<unknown> {
  return fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(1, 'a', true, null, -0, 1.5),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'name', 'friend'), tie('value'), { maxKeys: 4 }),
    ),
  })).value
}

describe('compiled and stripped', () => {
  it('say the same of any schema and data, and never more than the data', () => {
    let accepted = 0
    fc.assert(
      fc.property(anySchema, anyData, (schema, data) => {
        const outgoing = new OutgoingSchema(schema, types)
        if (!outgoing.accepts(data)) return
        accepted += 1
        const text = outgoing.encode(jsonCodec, envelope(data))
        const { root, types: named } = readShapes(schema, types)
        const stripped = strip(data, root, named)
        expect(JSON.parse(String(text)).data).toEqual(JSON.parse(JSON.stringify(stripped)))
        expect(outgoing.strip(data)).toEqual(stripped)
        expect(JSON.parse(JSON.stringify(data))).toMatchObject(JSON.parse(String(text)).data ?? {})
        expect(outgoing.accepts(outgoing.strip(data))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })
})
