import { any, flag, integer, nil, number, one, row, text, type Verdicts, when } from './build.ts'

const bounded = (rest: object) => ({ ...integer, ...rest })
const written = (rest: object) => ({ ...text, ...rest })
const values = (...list: readonly unknown[]) => ({ enum: list })
const value = (one: unknown) => ({ const: one })

/** Changes of numbers, texts and single values. */
export const VALUE_VERDICTS: Verdicts = {
  'bounds of numbers': {
    'a higher maximum': row(bounded({ maximum: 5 }), bounded({ maximum: 9 }), 'SAFE', 'REVIEW'),
    'a lower maximum': row(bounded({ maximum: 9 }), bounded({ maximum: 5 }), 'BREAKING', 'SAFE'),
    'a higher minimum': row(bounded({ minimum: 1 }), bounded({ minimum: 2 }), 'BREAKING', 'SAFE'),
    'a lower minimum': row(bounded({ minimum: 2 }), bounded({ minimum: 1 }), 'SAFE', 'REVIEW'),
    'a minimum is new': row(integer, bounded({ minimum: 0 }), 'BREAKING', 'SAFE'),
    'a minimum is gone': row(bounded({ minimum: 0 }), integer, 'SAFE', 'REVIEW'),
    'an exclusive maximum, written inclusive': row(
      bounded({ exclusiveMaximum: 10 }),
      bounded({ maximum: 9 }),
      'none',
      'none',
    ),
    'two bounds that say the same': row(
      bounded({ minimum: 1, exclusiveMinimum: 0 }),
      bounded({ minimum: 1 }),
      'none',
      'none',
    ),
    'a bound that another one implies': row(
      bounded({ maximum: 5 }),
      bounded({ maximum: 5, exclusiveMaximum: 8 }),
      'none',
      'none',
    ),
    'a step is new': row(integer, bounded({ multipleOf: 5 }), 'BREAKING', 'SAFE'),
    'a step is gone': row(bounded({ multipleOf: 5 }), integer, 'SAFE', 'REVIEW'),
    'a step that only partly meets the old one': row(
      bounded({ multipleOf: 4 }),
      bounded({ multipleOf: 6 }),
      'REVIEW',
      'REVIEW',
    ),
    'a bound below the first step': row(
      bounded({ exclusiveMinimum: 0, multipleOf: 3 }),
      bounded({ exclusiveMinimum: 1, multipleOf: 3 }),
      'none',
      'none',
    ),
    'bounds drawn to the only step between': row(
      bounded({ minimum: 4, maximum: 9, multipleOf: 5 }),
      bounded({ minimum: 5, maximum: 5, multipleOf: 5 }),
      'none',
      'none',
    ),
    'bounds drawn past a step': row(
      bounded({ minimum: 4, multipleOf: 5 }),
      bounded({ minimum: 6, multipleOf: 5 }),
      'BREAKING',
      'SAFE',
    ),
    'both bounds move': row(
      bounded({ minimum: 1, maximum: 5 }),
      bounded({ minimum: 2, maximum: 6 }),
      'BREAKING',
      'REVIEW',
    ),
  },
  'types of numbers': {
    'numbers become text': row(number, text, 'BREAKING', 'BREAKING'),
    'text becomes numbers': row(text, number, 'BREAKING', 'BREAKING'),
    'integers become booleans': row(integer, flag, 'BREAKING', 'BREAKING'),
    'integers may also be text': row(integer, { type: ['integer', 'string'] }, 'SAFE', 'BREAKING'),
    'text is gone beside integers': row({ type: ['integer', 'string'] }, integer, 'BREAKING', 'REVIEW'),
    'numbers become a few': row(number, values(1, 2), 'BREAKING', 'REVIEW'),
    'a number becomes a range around it': row(value(3), bounded({ minimum: 1, maximum: 5 }), 'SAFE', 'BREAKING'),
    'a number becomes a range beside it': row(value(7), bounded({ minimum: 1, maximum: 5 }), 'BREAKING', 'BREAKING'),
    'a bounded number becomes an integer': row(
      { ...number, minimum: 0 },
      bounded({ minimum: 0 }),
      'BREAKING',
      'REVIEW',
    ),
  },
  'lengths and patterns': {
    'a longer minimum': row(written({ minLength: 1 }), written({ minLength: 2 }), 'BREAKING', 'SAFE'),
    'a shorter minimum': row(written({ minLength: 2 }), written({ minLength: 1 }), 'SAFE', 'REVIEW'),
    'a shorter maximum': row(written({ maxLength: 9 }), written({ maxLength: 5 }), 'BREAKING', 'SAFE'),
    'a longer maximum': row(written({ maxLength: 5 }), written({ maxLength: 9 }), 'SAFE', 'REVIEW'),
    'a maximum is gone': row(written({ maxLength: 5 }), text, 'SAFE', 'REVIEW'),
    'a minimum of zero': row(text, written({ minLength: 0 }), 'none', 'none'),
    'a pattern is new': row(text, written({ pattern: '^a+$' }), 'BREAKING', 'SAFE'),
    'a pattern is gone': row(written({ pattern: '^a+$' }), text, 'SAFE', 'REVIEW'),
    'another pattern': row(written({ pattern: '^a+$' }), written({ pattern: '^[0-9]+$' }), 'REVIEW', 'REVIEW'),
    'another format': row(written({ format: 'date' }), written({ format: 'uuid' }), 'REVIEW', 'REVIEW'),
  },
  'single values': {
    'become another': row(value('x'), value('y'), 'BREAKING', 'BREAKING'),
    'are of the type that is said beside': row(value('x'), { const: 'x', type: 'string' }, 'none', 'none'),
    'as a list of one': row(value('x'), values('x'), 'none', 'none'),
    'one more': row(values('x', 'y'), values('x', 'y', 'w'), 'SAFE', 'BREAKING'),
    'one less': row(values('x', 'y'), values('x'), 'BREAKING', 'REVIEW'),
    'one for another': row(values('x', 'y'), values('x', 'w'), 'BREAKING', 'BREAKING'),
    'in another order': row(values('x', 'y', 1), values(1, 'y', 'x'), 'none', 'none'),
    'of which those of one type stay': row(values('x', 1), values('x'), 'BREAKING', 'REVIEW'),
    'with null among them, as a choice': row(values('x', null), any(value('x'), nil), 'none', 'none'),
    'may be null': row(value('x'), any(value('x'), nil), 'SAFE', 'BREAKING'),
    'true, of a boolean': row(flag, value(true), 'BREAKING', 'REVIEW'),
    'a boolean, of true': row(value(true), flag, 'SAFE', 'BREAKING'),
    'become text of any length': row(value('x'), text, 'SAFE', 'BREAKING'),
    'become text that excludes them': row(value('x'), written({ minLength: 2 }), 'BREAKING', 'BREAKING'),
  },
  'what no value can be': {
    'exactly one of two equal values': row(one(value('x'), value('x')), text, 'SAFE', 'BREAKING'),
    'exactly one of two equal types': row(one(flag, flag), text, 'SAFE', 'BREAKING'),
    'branches that no condition leads to': row(
      { ...when({ type: ['null', 'object'] }, text), else: nil },
      integer,
      'SAFE',
      'BREAKING',
    ),
    'a condition that always leads to a range without numbers': row(
      text,
      any(text, { ...when({}, { ...number, exclusiveMinimum: 5, exclusiveMaximum: 2 }), else: number }),
      'none',
      'none',
    ),
  },
  'null and anything': {
    'text may be null': row(text, any(text, nil), 'SAFE', 'BREAKING'),
    'text may not be null any more': row(any(text, nil), text, 'BREAKING', 'REVIEW'),
    'only null is left': row(any(text, nil), nil, 'BREAKING', 'REVIEW'),
    'anything becomes text': row({}, text, 'BREAKING', 'REVIEW'),
    'text becomes anything': row(text, {}, 'SAFE', 'BREAKING'),
    'anything but one value': row(text, written({ not: value('x') }), 'BREAKING', 'SAFE'),
    'the one value, too': row(written({ not: value('x') }), text, 'SAFE', 'REVIEW'),
  },
}
