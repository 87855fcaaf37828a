import type { Schema } from '../oracle/schemas.ts'
import type { Verdict, Worst } from './verdict.ts'

const row = (before: Schema, after: Schema, request: Worst, response: Worst): Verdict => ({
  before,
  after,
  request,
  response,
})
const object = (properties: object, rest: object = {}): Schema => ({ type: 'object', properties, ...rest })
const tuple = (prefixItems: readonly Schema[], rest: object = {}): Schema => ({
  type: 'array',
  prefixItems,
  items: false,
  minItems: prefixItems.length,
  ...rest,
})
const any = (...anyOf: readonly Schema[]): Schema => ({ anyOf })
const one = (...oneOf: readonly Schema[]): Schema => ({ oneOf })
const all = (...allOf: readonly Schema[]): Schema => ({ allOf })
const text: Schema = { type: 'string' }
const integer: Schema = { type: 'integer' }
const number: Schema = { type: 'number' }
const flag: Schema = { type: 'boolean' }
const nil: Schema = { type: 'null' }
const a = object({ a: integer })
/** A condition; the linter takes an object with `then` for a promise. */
const when = (condition: object, consequence: object): object =>
  Object.fromEntries([
    ['if', condition],
    ['then', consequence],
  ])
const many = Array.from({ length: 300 }, (_, index) => `v${index}`)

/** Changes by what they are about. */
export const VERDICTS: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  tuples: {
    'one element more': row(tuple([text]), tuple([text, integer]), 'BREAKING', 'BREAKING'),
    'one more that may be left out': row(tuple([text]), tuple([text, integer], { minItems: 1 }), 'SAFE', 'BREAKING'),
    'one element less': row(tuple([text, integer]), tuple([text]), 'BREAKING', 'BREAKING'),
    'its last may be left out': row(
      tuple([text, integer]),
      tuple([text, integer], { minItems: 1 }),
      'SAFE',
      'BREAKING',
    ),
    'its last has to be there': row(
      tuple([text, integer], { minItems: 1 }),
      tuple([text, integer]),
      'BREAKING',
      'REVIEW',
    ),
    'becomes an array': row(tuple([text, text]), { type: 'array', items: text }, 'SAFE', 'BREAKING'),
    'is opened': row(tuple([text]), { type: 'array', prefixItems: [text], minItems: 1 }, 'SAFE', 'BREAKING'),
    'is closed': row({ type: 'array', prefixItems: [text], minItems: 1 }, tuple([text]), 'BREAKING', 'REVIEW'),
    'an element of another type': row(tuple([text, text]), tuple([text, integer]), 'BREAKING', 'BREAKING'),
    'an element of a wider type': row(tuple([text, text]), tuple([text, any(text, nil)]), 'SAFE', 'BREAKING'),
  },
  numbers: {
    'a step that integers have': row(integer, { type: 'integer', multipleOf: 1 }, 'none', 'none'),
    'half a step of integers': row(integer, { type: 'integer', multipleOf: 0.5 }, 'none', 'none'),
    'a finer step': row({ type: 'integer', multipleOf: 6 }, { type: 'integer', multipleOf: 3 }, 'SAFE', 'REVIEW'),
    'a coarser step': row({ type: 'integer', multipleOf: 3 }, { type: 'integer', multipleOf: 6 }, 'BREAKING', 'SAFE'),
    'a fractional bound of integers': row(
      { type: 'integer', maximum: 10 },
      { type: 'integer', maximum: 10.5 },
      'none',
      'none',
    ),
    'an exclusive bound of integers': row(
      { type: 'integer', minimum: 1 },
      { type: 'integer', exclusiveMinimum: 0 },
      'none',
      'none',
    ),
    'an exclusive bound of numbers': row(
      { type: 'number', minimum: 0 },
      { type: 'number', exclusiveMinimum: 0 },
      'BREAKING',
      'SAFE',
    ),
    'numbers that become integers': row(number, integer, 'BREAKING', 'REVIEW'),
    'integers that become numbers': row(integer, number, 'SAFE', 'BREAKING'),
    'numbers at whole steps that become integers, which end at 2^53': row(
      { type: 'number', multipleOf: 2 },
      { type: 'integer', multipleOf: 2 },
      'BREAKING',
      'REVIEW',
    ),
  },
  texts: {
    'a format that nothing checks': row(text, { type: 'string', format: 'x-colour' }, 'none', 'none'),
    'a format that is checked': row(text, { type: 'string', format: 'email' }, 'BREAKING', 'SAFE'),
    'a format that is gone': row({ type: 'string', format: 'email' }, text, 'SAFE', 'REVIEW'),
    'a pattern that both parts want': row(
      all({ pattern: '^a+$' }, text),
      { type: 'string', pattern: '^a+$' },
      'none',
      'none',
    ),
    'another pattern beside the first': row(
      { type: 'string', pattern: '^a+$' },
      all({ type: 'string', pattern: '^a+$' }, { pattern: '^x_' }),
      'REVIEW',
      'REVIEW',
    ),
    'values that become text': row({ enum: ['x', 'y'] }, text, 'SAFE', 'BREAKING'),
    'text that becomes values': row(text, { enum: ['x', 'y'] }, 'BREAKING', 'REVIEW'),
    'a value beside a bound that it keeps': row(
      { const: 'x' },
      { const: 'x', type: 'string', minLength: 1 },
      'none',
      'none',
    ),
    'a value beside a bound that refuses it': row(
      { enum: ['x', ''] },
      { enum: ['x', ''], type: 'string', minLength: 1 },
      'BREAKING',
      'none',
    ),
    'one of 300 values is gone': row({ enum: many }, { enum: many.slice(1) }, 'BREAKING', 'REVIEW'),
    'one more than 300 values': row({ enum: many }, { enum: [...many, 'w'] }, 'SAFE', 'BREAKING'),
    '300 values in another order': row({ enum: many }, { enum: [...many].reverse() }, 'none', 'none'),
  },
  objects: {
    'others of a type, and one of it by name': row(
      object({}, { additionalProperties: text }),
      object({ a: text }, { additionalProperties: text }),
      'SAFE',
      'SAFE',
    ),
    'others of a type, and one of another by name': row(
      object({}, { additionalProperties: text }),
      object({ a: integer }, { additionalProperties: text }),
      'BREAKING',
      'BREAKING',
    ),
    'others get a type': row(a, object({ a: integer }, { additionalProperties: text }), 'BREAKING', 'REVIEW'),
    'others of another type': row(
      object({}, { additionalProperties: text }),
      object({}, { additionalProperties: integer }),
      'BREAKING',
      'BREAKING',
    ),
    'a record that is closed': row(
      object({}, { additionalProperties: text }),
      object({}, { additionalProperties: false }),
      'BREAKING',
      'SAFE',
    ),
    'a pattern that begins to match': row(
      object({ a: integer }),
      object({ a: integer }, { patternProperties: { '^a': { maximum: 5 } } }),
      'BREAKING',
      'SAFE',
    ),
    'a property named description': row(
      object({ description: text }),
      object({ description: integer }),
      'BREAKING',
      'BREAKING',
    ),
    'more properties than before': row(
      object({ a: integer, b: integer }, { additionalProperties: false }),
      object({ a: integer, b: integer }, { additionalProperties: false, maxProperties: 1 }),
      'BREAKING',
      'SAFE',
    ),
    'fewer properties than there have to be': row(
      object({ a: integer, b: integer }, { required: ['a', 'b'] }),
      object({ a: integer, b: integer }, { required: ['a', 'b'], minProperties: 2 }),
      'none',
      'none',
    ),
    'a required property of no schema': row(a, object({ a: integer }, { required: ['b'] }), 'REVIEW', 'none'),
  },
  choices: {
    'may be null': row(a, any(a, nil), 'SAFE', 'BREAKING'),
    'may not be null any more': row(any(a, nil), a, 'BREAKING', 'REVIEW'),
    'of one branch': row(a, any(a), 'none', 'none'),
    'in another order': row(any(text, integer), any(integer, text), 'none', 'none'),
    'as a list of types': row(any(text, integer), { type: ['integer', 'string'] }, 'none', 'none'),
    'a boolean as its values': row(flag, { enum: [true, false] }, 'none', 'none'),
    'exactly one of two that never meet': row(any(text, integer), one(text, integer), 'none', 'none'),
    'exactly one of two that meet': row(any(number, integer), one(number, integer), 'REVIEW', 'none'),
    'objects with one value of their own are not told apart by it': row(
      object({ a: { const: 'x' } }, { required: ['a'] }),
      object({ a: { enum: ['x', 'y'] } }, { required: ['a'] }),
      'SAFE',
      'BREAKING',
    ),
    'a variant that covers two': row(
      any(
        object({ kind: { const: 'x' } }, { required: ['kind'] }),
        object({ kind: { const: 'y' } }, { required: ['kind'] }),
      ),
      object({ kind: { enum: ['x', 'y'] } }, { required: ['kind'] }),
      'none',
      'none',
    ),
    'two variants that cover one': row(
      object({ kind: { enum: ['x', 'y'] } }, { required: ['kind'] }),
      any(
        object({ kind: { const: 'x' } }, { required: ['kind'] }),
        object({ kind: { const: 'y' } }, { required: ['kind'] }),
      ),
      'none',
      'none',
    ),
    'an object with a default that may be null': row(
      object({ a: { ...integer, default: 1 } }, { required: ['a'] }),
      any(object({ a: { ...integer, default: 1 } }, { required: ['a'] }), nil),
      'BREAKING',
      'BREAKING',
    ),
    'an object that its default alone makes long enough may be null': row(
      object({ a: { ...integer, default: 1 } }, { minProperties: 1 }),
      any(object({ a: { ...integer, default: 1 } }, { minProperties: 1 }), nil),
      'REVIEW',
      'BREAKING',
    ),
    'what one branch declares and another one let pass': row(
      any(object({ a: flag, b: integer }, { maxProperties: 1 }), object({})),
      any(object({ a: flag, b: integer }, { maxProperties: 1 }), object({ a: { const: 'x' } })),
      'REVIEW',
      'SAFE',
    ),
    'a branch that no value matches': row(text, any(text, { not: {} }), 'none', 'none'),
  },
  'all of several': {
    wrapped: row(a, all(a), 'none', 'none'),
    'the stricter bound holds': row(
      { type: 'integer', maximum: 5 },
      all({ type: 'integer', maximum: 5 }, { maximum: 9 }),
      'none',
      'none',
    ),
    'a bound on the other side': row(
      { type: 'integer', maximum: 5 },
      all({ type: 'integer', maximum: 9 }, { maximum: 3 }),
      'BREAKING',
      'SAFE',
    ),
    'items of both parts': row(
      { type: 'array', items: text },
      all({ type: 'array', items: text }, { items: { maxLength: 3 } }),
      'BREAKING',
      'none',
    ),
    'closed by the other part': row(
      object({ a: integer, b: text }),
      all(object({ a: integer, b: text }), { additionalProperties: false, properties: { a: {} } }),
      'BREAKING',
      'SAFE',
    ),
    'a step of the other part': row(integer, all(integer, { multipleOf: 2 }), 'BREAKING', 'SAFE'),
    'a value of the other part': row(text, all(text, { const: 'x' }), 'BREAKING', 'REVIEW'),
    'what is refused by the other part': row(
      { enum: ['x', 'y'] },
      all({ enum: ['x', 'y'] }, { not: { const: 'x' } }),
      'BREAKING',
      'none',
    ),
  },
  arrays: {
    'at least one': row(
      { type: 'array', items: text },
      { type: 'array', items: text, minItems: 1 },
      'BREAKING',
      'SAFE',
    ),
    'each once': row(
      { type: 'array', items: text },
      { type: 'array', items: text, uniqueItems: true },
      'BREAKING',
      'SAFE',
    ),
    'one at most is each once': row(
      { type: 'array', maxItems: 1 },
      { type: 'array', maxItems: 1, uniqueItems: true },
      'none',
      'none',
    ),
    'items of a wider type': row(
      { type: 'array', items: text },
      { type: 'array', items: any(text, nil) },
      'SAFE',
      'BREAKING',
    ),
    'items of a narrower type': row(
      { type: 'array', items: any(text, nil) },
      { type: 'array', items: text },
      'BREAKING',
      'REVIEW',
    ),
  },
  'what only a person can compare': {
    'a condition': row(integer, { ...integer, ...when({ minimum: 5 }, { multipleOf: 2 }) }, 'BREAKING', 'SAFE'),
    'another condition': row(
      { ...integer, ...when({ minimum: 5 }, { multipleOf: 2 }) },
      { ...integer, ...when({ minimum: 4 }, { multipleOf: 2 }) },
      'REVIEW',
      'REVIEW',
    ),
    'a condition whose description changes': row(
      { ...integer, ...when({ minimum: 5 }, { multipleOf: 2 }) },
      { ...integer, ...when({ minimum: 5, description: 'Much.' }, { multipleOf: 2 }) },
      'none',
      'none',
    ),
    'a property called description in a condition': row(
      { ...a, ...when(object({ description: text }, { required: ['description'] }), { maxProperties: 1 }) },
      { ...a, ...when(object({ description: integer }, { required: ['description'] }), { maxProperties: 1 }) },
      'REVIEW',
      'REVIEW',
    ),
    'what a property asks of the whole object': row(
      object({ a: integer, b: integer }),
      object({ a: integer, b: integer }, { dependentSchemas: { a: { required: ['b'] } } }),
      'BREAKING',
      'SAFE',
    ),
    'what has to be contained': row(
      { type: 'array', items: integer },
      { type: 'array', items: integer, contains: { const: 1 } },
      'BREAKING',
      'SAFE',
    ),
    'a property that wants another': row(
      object({ a: integer, b: integer }),
      object({ a: integer, b: integer }, { dependentRequired: { a: ['b'] } }),
      'BREAKING',
      'SAFE',
    ),
    'a property that needs none any more': row(
      object({ a: integer, b: integer }, { dependentRequired: { a: ['b'] } }),
      object({ a: integer, b: integer }),
      'SAFE',
      'REVIEW',
    ),
    'a name that is too long': row(
      object({}, { additionalProperties: text }),
      object({}, { additionalProperties: text, propertyNames: { maxLength: 3 } }),
      'BREAKING',
      'SAFE',
    ),
  },
}
