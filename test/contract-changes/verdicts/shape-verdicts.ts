import { a, any, flag, integer, nil, number, object, row, tagged, text, type Verdicts } from './build.ts'

const array = (items: object, rest: object = {}) => ({ type: 'array', items, ...rest })
const closed = (properties: object) => object(properties, { additionalProperties: false })
const record = (values: object) => object({}, { additionalProperties: values })
const needed = object({ a: integer }, { required: ['a'] })
const T = { $ref: '#/$defs/T' }
const U = { $ref: '#/$defs/U' }
const tree = { T: object({ a: { type: 'array', items: T }, b: text }), U: object({ b: integer }) }

/** Changes of objects, arrays, choices and references. */
export const SHAPE_VERDICTS: Verdicts = {
  properties: {
    'a new one': row(a, object({ a: integer, b: text }), 'SAFE', 'SAFE'),
    'a new one that has to be there': row(
      a,
      object({ a: integer, b: text }, { required: ['b'] }),
      'BREAKING',
      'REVIEW',
    ),
    'a new one that is filled in': row(
      a,
      object({ a: integer, b: { ...text, default: 'x' } }, { required: ['b'] }),
      'SAFE',
      'REVIEW',
    ),
    'one is gone': row(object({ a: integer, b: text }), a, 'REVIEW', 'SAFE'),
    'one that had to be there is gone': row(
      object({ a: integer, b: text }, { required: ['b'] }),
      a,
      'REVIEW',
      'BREAKING',
    ),
    'has to be there now': row(a, needed, 'BREAKING', 'REVIEW'),
    'may be left out now': row(needed, a, 'SAFE', 'BREAKING'),
    'one within one is of another type': row(
      object({ b: a }),
      object({ b: object({ a: text }) }),
      'BREAKING',
      'BREAKING',
    ),
    'may be null': row(a, object({ a: any(integer, nil) }), 'SAFE', 'BREAKING'),
    'gets a bound': row(a, object({ a: { ...integer, maximum: 5 } }), 'BREAKING', 'SAFE'),
    'wants one for which there is no room': row(
      object({ a: integer, b: integer }, { maxProperties: 1, dependentRequired: { a: ['b'] } }),
      object({ a: text, b: integer }, { maxProperties: 1, dependentRequired: { a: ['b'] } }),
      'none',
      'none',
    ),
  },
  defaults: {
    'a new one': row(a, object({ a: { ...integer, default: 1 } }), 'REVIEW', 'none'),
    'another one': row(
      object({ a: { ...integer, default: 1 } }),
      object({ a: { ...integer, default: 2 } }),
      'REVIEW',
      'none',
    ),
    'one is gone': row(object({ a: { ...integer, default: 1 } }), a, 'REVIEW', 'none'),
    'one is gone of what has to be there': row(
      object({ a: { ...integer, default: 1 } }, { required: ['a'] }),
      needed,
      'BREAKING',
      'none',
    ),
    'leave no room for others': row(
      object({ a: { ...text, default: 'x' } }, { maxProperties: 1 }),
      object({ a: { ...text, default: 'x' } }, { maxProperties: 1, additionalProperties: false }),
      'none',
      'SAFE',
    ),
  },
  'other properties': {
    'are refused': row(a, closed({ a: integer }), 'BREAKING', 'SAFE'),
    'are let through': row(closed({ a: integer }), a, 'SAFE', 'SAFE'),
    'one more of a closed object': row(closed({ a: integer }), closed({ a: integer, b: text }), 'SAFE', 'SAFE'),
    'one less of a closed object': row(closed({ a: integer, b: text }), closed({ a: integer }), 'BREAKING', 'SAFE'),
    'at least one': row(a, { ...a, minProperties: 1 }, 'BREAKING', 'SAFE'),
    'as many as one likes': row(
      object({ a: integer, b: integer }, { maxProperties: 1 }),
      object({ a: integer, b: integer }),
      'SAFE',
      'REVIEW',
    ),
    'of a record may be null': row(record(text), record(any(text, nil)), 'SAFE', 'BREAKING'),
    'of a record are of a wider number': row(record(integer), record(number), 'SAFE', 'BREAKING'),
    'of a record get a bound': row(record(text), record({ ...text, maxLength: 3 }), 'BREAKING', 'SAFE'),
    'of a record of records are of another type': row(
      record(record(text)),
      record(record(flag)),
      'BREAKING',
      'BREAKING',
    ),
  },
  'items of arrays': {
    'three at most': row(array(text), array(text, { maxItems: 3 }), 'BREAKING', 'SAFE'),
    'without an end': row(array(text, { maxItems: 3 }), array(text), 'SAFE', 'REVIEW'),
    'none at least': row(array(text), array(text, { minItems: 0 }), 'none', 'none'),
    'not each once any more': row(array(text, { uniqueItems: true }), array(text), 'SAFE', 'REVIEW'),
    'one without an array around': row(array(text), text, 'BREAKING', 'BREAKING'),
    'one with an array around': row(text, array(text), 'BREAKING', 'BREAKING'),
    'one at least, where one is contained': row(
      array(integer, { contains: integer }),
      array(integer, { contains: integer, minItems: 1 }),
      'none',
      'none',
    ),
    'of arrays of another type': row(array(array(text)), array(array(integer)), 'BREAKING', 'BREAKING'),
    'of a choice that loses a branch': row(array(any(text, integer)), array(text), 'BREAKING', 'REVIEW'),
    'with a bound': row(array(integer), array({ ...integer, maximum: 5 }), 'BREAKING', 'SAFE'),
    'of which there may be none': row(array(text, { maxItems: 0 }), array(flag, { maxItems: 0 }), 'none', 'none'),
    'with another property': row(array(a), array(object({ a: text })), 'BREAKING', 'BREAKING'),
  },
  variants: {
    'a branch more': row(any(text, integer), any(text, integer, flag), 'SAFE', 'BREAKING'),
    'a branch less': row(any(text, integer), text, 'BREAKING', 'REVIEW'),
    'a choice in a choice': row(any(any(text, integer), nil), any(text, integer, nil), 'none', 'none'),
    'the same one twice': row(any(text, text), text, 'none', 'none'),
    'one more, told by its kind': row(any(tagged('x')), any(tagged('x'), tagged('y')), 'SAFE', 'BREAKING'),
    'one less, told by its kind': row(any(tagged('x'), tagged('y')), any(tagged('x')), 'BREAKING', 'REVIEW'),
    'in another order, told by their kinds': row(
      any(tagged('x'), tagged('y')),
      any(tagged('y'), tagged('x')),
      'none',
      'none',
    ),
    'one gets a property': row(
      any(tagged('x'), tagged('y')),
      any(tagged('x', { a: integer }), tagged('y')),
      'SAFE',
      'SAFE',
    ),
    'a property of one has to be there': row(
      any(tagged('x', { a: integer }), tagged('y')),
      any(tagged('x', { a: integer }, ['a']), tagged('y')),
      'BREAKING',
      'REVIEW',
    ),
    'a property of one is of another type': row(
      any(tagged('x', { a: integer }), tagged('y')),
      any(tagged('x', { a: text }), tagged('y')),
      'BREAKING',
      'BREAKING',
    ),
  },
  references: {
    'in place of what they refer to': { ...row(tree.U, U, 'none', 'none'), types: tree },
    'to another type': { ...row(T, U, 'BREAKING', 'BREAKING'), types: tree },
    'that may be null': { ...row(T, any(T, nil), 'SAFE', 'BREAKING'), types: tree },
    'that may not be null any more': { ...row(any(T, nil), T, 'BREAKING', 'REVIEW'), types: tree },
    'to many': { ...row(T, array(T), 'BREAKING', 'BREAKING'), types: tree },
    'as the only branch of a choice': { ...row(T, any(T), 'none', 'none'), types: tree },
    'unrolled once': { ...row(T, object({ a: array(T), b: text }), 'none', 'none'), types: tree },
    'to anything': { ...row(U, {}, 'SAFE', 'BREAKING'), types: tree },
  },
}
