import { buildContract, push } from '@wsrv/schema'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { exampleValue } from '../src/emit/example-value.ts'
import { everyConstruct } from './constructs.ts'

const bounds = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 40 }))

/** Schemas that some value takes, with the keywords that an example has to heed. */
const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<object>({ type: 'boolean' }, { type: 'null' }, {}, { const: 'x' }, { enum: [3, 'a', null] }),
    bounds.map(([minimum, size]) => ({ type: 'integer', minimum, maximum: minimum + size })),
    bounds.map(([low, size]) => ({ type: 'integer', exclusiveMinimum: low, exclusiveMaximum: low + size + 2 })),
    bounds.map(([low, size]) => ({ type: 'number', exclusiveMinimum: low / 7, maximum: low / 7 + (size + 1) / 9 })),
    bounds.map(([low, size]) => ({
      type: 'integer',
      minimum: low,
      maximum: low + size + 6,
      multipleOf: (size % 5) + 1,
    })),
    fc.integer({ min: -9, max: 9 }).map((maximum) => ({ type: 'number', maximum })),
    fc.tuple(fc.nat(9), fc.nat(9)).map(([min, more]) => ({ type: 'string', minLength: min, maxLength: min + more })),
    fc
      .constantFrom(
        ...[
          '^[a-z0-9-]+$',
          '^\\d{4}$',
          '^[A-Z]{3}$',
          '^#[0-9a-f]{6}$',
          '^v[0-9]+$',
          '^user-(0|[1-9][0-9]*)$',
          '^(on|off)$',
        ],
      )
      .map((pattern) => ({ type: 'string', pattern })),
    fc
      .constantFrom('date', 'date-time', 'email', 'uuid', 'uri', 'ipv4', 'time')
      .map((format) => ({ type: 'string', format })),
    fc.record({ items: tie('schema'), minItems: fc.nat(3) }).map((array) => ({ type: 'array', ...array })),
    fc.tuple(fc.nat(3), fc.nat(3)).map(([minItems, more]) => ({
      ...{ type: 'array', items: { type: 'integer' }, uniqueItems: true, minItems, maxItems: minItems + more },
    })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((prefixItems) => ({
      ...{ type: 'array', prefixItems, items: false, minItems: prefixItems.length },
    })),
    fc.tuple(fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema')), fc.nat(3)).map(([properties, count]) => ({
      ...{ type: 'object', properties, required: Object.keys(properties).slice(0, count) },
    })),
    fc.tuple(tie('schema'), fc.nat(3)).map(([additionalProperties, minProperties]) => ({
      ...{ type: 'object', additionalProperties, minProperties },
    })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
}))

it('a document shows examples that satisfy their schemas', () => {
  fc.assert(
    fc.property(schema, (one) => {
      const example = exampleValue(one, {})
      if (!Value.Check(one, example)) throw new Error(JSON.stringify({ example, one }))
    }),
    { numRuns: 1_000 },
  )
})

it.each(Object.entries(everyConstruct()))('the example of %s satisfies it', (_, one) => {
  const { contract } = buildContract([{ file: 'a.ts', exports: { it: push({ data: one }) } }])
  const { data = {} } = contract.pushes[0] ?? {}
  const example = exampleValue(data, contract.types)
  expect([example, Value.Check(data, example)]).toEqual([example, true])
})
