import { array, constantFrom, integer, letrec, oneof, property, record, string, assert as verify } from 'fast-check'
import { Compile } from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import { SchemaCheck } from './validation.ts'

const pair = { left: { $ref: '#/$defs/Filter' }, right: { $ref: '#/$defs/Filter' } }
const alternative = (kind: string, properties: object): object => ({
  type: 'object',
  // The recursion stands before the constant: an order that makes a validator look into it first.
  properties: { ...properties, kind: { const: kind } },
  required: [...Object.keys(properties), 'kind'],
})
const FILTER = { $ref: '#/$defs/Filter' }
const tagged = {
  Filter: {
    anyOf: [
      alternative('and', pair),
      alternative('or', pair),
      alternative('not', { of: FILTER }),
      alternative('eq', { field: { type: 'string' }, value: { type: 'number' } }),
    ],
  },
}
const untagged = {
  Filter: {
    anyOf: [
      { type: 'object', required: ['left', 'right'], properties: { ...pair, a: { type: 'null' } } },
      { type: 'object', required: ['left', 'right'], properties: { ...pair, b: { type: 'null' } } },
      { type: 'object', required: ['value'], properties: { value: { type: 'number' } } },
    ],
  },
}

const nest = (levels: number, leaf: object): object =>
  levels === 0 ? leaf : { kind: 'and', left: nest(levels - 1, leaf), right: { kind: 'eq', field: 'a', value: 1 } }

const issuesOf = (check: SchemaCheck, value: unknown): unknown => {
  expect(check.accepts(value)).toBe(false)
  return check.issues(value, 20)
}

describe('a recursive union', () => {
  it('with a discriminator is checked 60 levels deep, and the one wrong leaf is found', () => {
    const check = new SchemaCheck(FILTER, tagged)
    expect(check.accepts(nest(60, { kind: 'eq', field: 'a', value: 1 }))).toBe(true)
    expect(issuesOf(check, nest(60, { kind: 'eq', field: 'a', value: 'x' }))).toEqual({
      issues: [{ path: `${'/left'.repeat(60)}/value`, message: 'must be number, got "x"' }],
      total: 1,
    })
    expect(issuesOf(check, nest(2, { kind: 'xor' }))).toEqual({
      issues: [{ path: '/left/left/kind', message: 'must be one of "and", "or", "not", "eq", got "xor"' }],
      total: 1,
    })
  })

  it('without one is checked 60 levels deep, and is not searched for ever', () => {
    const check = new SchemaCheck(FILTER, untagged)
    const deep = (leaf: unknown): object => {
      let value = { value: leaf } as object
      for (let level = 0; level < 60; level += 1) value = { left: value, right: { value: 1 } }
      return value
    }
    expect(check.accepts(deep(1))).toBe(true)
    expect(issuesOf(check, deep('x'))).toMatchObject({ total: 1 })
  })

  it.each(['allOf', 'not', 'if'])('through %s is checked 60 levels deep', (keyword) => {
    const inner = { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } }
    const other = { type: 'object', properties: { next: { $ref: '#/$defs/Node' }, a: {} } }
    const body =
      keyword === 'allOf'
        ? { allOf: [inner, other] }
        : { [keyword]: keyword === 'not' ? { not: inner } : inner, ...other }
    const check = new SchemaCheck({ $ref: '#/$defs/Node' }, { Node: { ...body, type: 'object' } })
    let value: object = {}
    for (let level = 0; level < 60; level += 1) value = { next: value }
    expect(typeof check.accepts(value)).toBe('boolean')
  })

  it.each(['unevaluatedProperties', 'unevaluatedItems'])('beside %s is looked at so often, then refused', (keyword) => {
    const way = (kind: number): object => ({ properties: { left: { $ref: '#/$defs/Node' }, kind: { const: kind } } })
    const Node = { type: 'object', anyOf: [way(0), way(1), way(2)], [keyword]: false }
    const check = new SchemaCheck({ $ref: '#/$defs/Node' }, { Node })
    const deep = (levels: number): object => (levels === 0 ? {} : { left: deep(levels - 1), kind: 2 })
    expect(check.accepts(deep(5))).toBe(true)
    expect(check.accepts(deep(40))).toBe(false)
    expect(check.issues(deep(40), 20)).toMatchObject({ issues: [{ message: expect.stringContaining('cost less') }] })
  })

  it('says of the same value in two places that it is wrong in both', () => {
    const check = new SchemaCheck({ type: 'array', items: FILTER }, tagged)
    const wrong = { kind: 'eq', field: 'a', value: 'x' }
    expect(issuesOf(check, [wrong, wrong])).toMatchObject({ issues: [{ path: '/0/value' }, { path: '/1/value' }] })
    expect(check.accepts([{ ...wrong, value: 1 }])).toBe(true)
  })
})

describe('a wide union', () => {
  const kinds = Array.from({ length: 300 }, (_, index) => alternative(`k${index}`, { a: { type: 'integer' } }))

  it.each(['anyOf', 'oneOf'])('of objects that a constant tells apart is looked up (%s)', (keyword) => {
    const check = new SchemaCheck({ type: 'array', items: { [keyword]: kinds } }, {})
    const items = Array.from({ length: 20_000 }, (_, index) => ({ kind: `k${index % 300}`, a: 1 }))
    expect(check.accepts(items)).toBe(true)
    expect(issuesOf(check, [{ kind: 'k7', a: 'x' }])).toEqual({
      issues: [{ path: '/0/a', message: 'must be integer, got "x"' }],
      total: 1,
    })
  })

  it('of objects that nothing tells apart is tried so often, then refused as too dear', () => {
    const blind = Array.from({ length: 300 }, (_, index) => ({ type: 'object', required: [`p${index}`] }))
    const check = new SchemaCheck({ type: 'array', items: { anyOf: blind } }, {})
    expect(check.accepts([{ p299: 1 }])).toBe(true)
    expect(
      issuesOf(
        check,
        Array.from({ length: 20_000 }, () => ({ p299: 1 })),
      ),
    ).toMatchObject({
      issues: [{ path: '', message: expect.stringContaining('must cost less to check') }],
    })
    // The server's own data is checked whatever it costs.
    const own = new SchemaCheck({ type: 'array', items: { anyOf: blind } }, {}, { source: 'server' })
    expect(own.accepts(Array.from({ length: 20_000 }, () => ({ p299: 1 })))).toBe(true)
  })

  it('of constants is looked up, and named in part', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `v${index}`)
    const check = new SchemaCheck({ type: 'array', items: { enum: values } }, {})
    expect(check.accepts(Array.from({ length: 100_000 }, () => 'v4999'))).toBe(true)
    const { issues } = issuesOf(check, ['x']) as { issues: { message: string }[] }
    expect(issues[0]?.message).toMatch(/^must be one of "v0", .* or 4980 more, got "x"$/)
  })
})

describe('a pattern', () => {
  const EMAIL = '^[^@]+@[^@]+\\.[^@]+$'

  it('is searched for in no text that is too long for its maxLength, neither by the check nor for the issues', () => {
    const check = new SchemaCheck({ type: 'string', pattern: EMAIL, maxLength: 254 }, {})
    expect(check.accepts('a@b.c')).toBe(true)
    expect(issuesOf(check, '@'.repeat(200_000))).toEqual({
      issues: [
        { path: '', message: expect.stringMatching(/^must not have more than 254 characters, got "@+…" \(200000/) },
      ],
      total: 1,
    })
  })

  it('without a maxLength is searched for in so much text, then the data is refused as too dear', () => {
    const check = new SchemaCheck({ type: 'array', items: { type: 'string', pattern: EMAIL } }, {})
    expect(check.accepts(['a@b.c'])).toBe(true)
    expect(issuesOf(check, ['@'.repeat(200_000)])).toMatchObject({
      issues: [{ message: expect.stringContaining('cost less') }],
    })
    expect(check.accepts(Array.from({ length: 100 }, () => `${'a'.repeat(1_000)}@b.c`))).toBe(false)
    expect(check.accepts(Array.from({ length: 3 }, () => `${'a'.repeat(1_000)}@b.c`))).toBe(true)
  })

  it('that reads a text once reads a long one, too', () => {
    const check = new SchemaCheck({ type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$' }, {})
    expect(check.accepts('A'.repeat(1_000_000))).toBe(true)
  })

  it('costs what the contract says that it does', () => {
    const linear = '^(?:[A-Za-z0-9+/]{4})*$'
    const cubic = '^\\s*(.*?)\\s*$'
    const patterns = { [linear]: { degree: 1, factor: 1 }, [cubic]: { degree: 3, factor: 1 } }
    const base64 = new SchemaCheck({ type: 'string', pattern: linear }, {}, { patterns })
    expect(base64.accepts('AAAA'.repeat(100_000))).toBe(true)
    expect(new SchemaCheck({ type: 'string', pattern: linear }, {}).accepts('AAAA'.repeat(100_000))).toBe(false)
    const trimmed = new SchemaCheck({ type: 'string', pattern: cubic }, {}, { patterns })
    expect(trimmed.accepts(' '.repeat(100))).toBe(true)
    expect(issuesOf(trimmed, `${' '.repeat(1_000)}a\na`)).toMatchObject({
      issues: [{ message: expect.stringContaining('cost less') }],
    })
  })

  it.each(['patternProperties', 'propertyNames'])('bounds keys, too (%s)', (keyword) => {
    const schema =
      keyword === 'propertyNames' ? { propertyNames: { pattern: EMAIL } } : { patternProperties: { [EMAIL]: {} } }
    const check = new SchemaCheck({ type: 'object', ...schema }, {})
    expect(check.accepts({ 'a@b.c': 1 })).toBe(true)
    expect(check.accepts({ ['@'.repeat(200_000)]: 1 })).toBe(false)
  })

  it('of format regex is parsed in texts of some length only', () => {
    const check = new SchemaCheck({ type: 'string', format: 'regex' }, {})
    expect([check.accepts('^a+$'), check.accepts('(')]).toEqual([true, false])
    expect(issuesOf(check, 'a.'.repeat(200_000))).toMatchObject({
      issues: [{ message: expect.stringContaining('cost less') }],
    })
  })
})

describe('uniqueItems', () => {
  const check = new SchemaCheck({ type: 'array', uniqueItems: true }, {})

  it('compares as JSON does', () => {
    for (const unique of [
      [],
      [1, '1', true, 'true', null, 'null'],
      [{ a: 1 }, { a: 2 }, [1], ['a:1']],
      [['a', 'b'], ['a,b']],
    ])
      expect(check.accepts(unique)).toBe(true)
    for (const double of [
      [1, 1],
      ['a', 'a'],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [[{}], [{}]],
    ])
      expect(check.accepts(double)).toBe(false)
    expect(issuesOf(check, [1, 2, 1])).toMatchObject({
      issues: [{ path: '/2', message: expect.stringContaining('repeat') }],
    })
  })

  it('compares so much, then the data is refused as too dear', () => {
    expect(check.accepts(Array.from({ length: 50_000 }, (_, index) => index))).toBe(true)
    expect(check.accepts(Array.from({ length: 100_000 }, (_, index) => ({ index })))).toBe(false)
  })
})

describe('a 400', () => {
  const size = (report: unknown): number => JSON.stringify(report).length

  it('names every unknown property, more than a hundred of them too', () => {
    const check = new SchemaCheck({ type: 'object', properties: {}, additionalProperties: false }, {})
    const value = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, 1]))
    const report = issuesOf(check, value) as { issues: unknown[] }
    expect(report).toMatchObject({ total: 100 })
    expect(report.issues[0]).toEqual({ path: '/p0', message: 'is not a known property' })
  })

  it('stays small whatever is wrong: keys of a megabyte, wide enums, deep paths', () => {
    const key = 'k'.repeat(1_000_000)
    const closed = new SchemaCheck({ type: 'object', additionalProperties: false }, {})
    expect(issuesOf(closed, { [key]: 1 })).toEqual({
      issues: [
        { path: '', message: expect.stringMatching(/^at "k+…" \(1000000 characters\): is not a known property$/) },
      ],
      total: 1,
    })
    const open = new SchemaCheck(
      { type: 'object', additionalProperties: { type: 'array', items: { type: 'null' } } },
      {},
    )
    expect(size(issuesOf(open, { [key]: Array(100).fill(1) }))).toBeLessThan(8_192)
    const values = Array.from({ length: 5_000 }, (_, index) => `value number ${index}`)
    const wide = new SchemaCheck({ type: 'array', items: { enum: values } }, {})
    expect(size(issuesOf(wide, Array(100).fill('x')))).toBeLessThan(8_192)
  })
})

/** The same data by the validator alone, without any guard. */
describe('a guarded check says what the validator says', () => {
  const { tree } = letrec((tie) => ({
    tree: oneof(
      { maxDepth: 4 },
      record(
        { kind: constantFrom('eq', 'x'), field: string({ maxLength: 2 }), value: oneof(integer(), string()) },
        { requiredKeys: [] },
      ),
      record(
        { kind: constantFrom('and', 'or', 'not'), left: tie('tree'), right: tie('tree'), of: tie('tree') },
        { requiredKeys: [] },
      ),
    ),
  }))
  const wide = { anyOf: Array.from({ length: 12 }, (_, index) => alternative(`${index}`, { a: { type: 'integer' } })) }

  it.each([
    ['tagged recursion', FILTER, tagged, tree],
    ['untagged recursion', FILTER, untagged, tree],
    [
      'a wide union',
      wide,
      {},
      record({ kind: constantFrom('1', '11', 'x', 1), a: oneof(integer(), string()) }, { requiredKeys: [] }),
    ],
    [
      'a wide enum',
      { enum: Array.from({ length: 40 }, (_, index) => (index % 2 ? `${index}` : index)) },
      {},
      oneof(integer({ min: 0, max: 50 }), integer({ min: 0, max: 50 }).map(String)),
    ],
    [
      'unique items',
      { uniqueItems: true },
      {},
      array(oneof(integer({ max: 3 }), record({ a: integer({ max: 2 }) })), { maxLength: 4 }),
    ],
  ])('%s', (_, schema, types, arbitrary) => {
    const check = new SchemaCheck(schema, types)
    const plain = Compile({ ...schema, $defs: types })
    verify(
      property(arbitrary, (value: unknown) => {
        const accepted = check.accepts(value)
        expect(accepted).toBe(plain.Check(value))
        if (!accepted) expect(check.issues(value, 20).issues[0]?.message).not.toBe('must match its schema')
      }),
      { numRuns: 300 },
    )
  })
})
