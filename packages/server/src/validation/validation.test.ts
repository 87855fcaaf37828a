import { describe, expect, it } from 'vitest'
import { SchemaCheck } from './validation.ts'

const issuesOf = (schema: object, value: unknown, types: Record<string, object> = {}): unknown => {
  const check = new SchemaCheck(schema, types)
  expect(check.accepts(value)).toBe(false)
  return check.issues(value, 20).issues.map(({ path, message }) => `${path}: ${message}`)
}

describe('a check', () => {
  it.each([
    [{ type: 'integer' }, 'x', [': must be integer, got "x"']],
    [{ minimum: 1, type: 'number' }, 0, [': must be >= 1, got 0']],
    [{ type: 'string', format: 'email' }, 'x', [': must match format "email", got "x"']],
    [{ enum: ['a', 1] }, 'b', [': must be one of "a", 1, got "b"']],
    [{ const: 'a' }, null, [': must be "a", got null']],
    [
      { type: 'object', required: ['a/b', '~'] },
      {},
      ['/a~1b: is required, got nothing', '/~0: is required, got nothing'],
    ],
    [{ type: 'object', properties: {}, additionalProperties: false }, { 'x/y': 1 }, ['/x~1y: is not a known property']],
    [
      { type: 'object', properties: { 'a/b': { type: 'array', items: { type: 'integer' } } } },
      { 'a/b': [1, {}] },
      ['/a~1b/1: must be integer, got an object'],
    ],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, [': must be null or string, got 1']],
  ])('%j says of %j what was expected and what came', (schema, value, expected) => {
    expect(issuesOf(schema, value)).toEqual(expected)
  })

  it.each([
    [{ type: 'integer' }],
    [{ type: ['null', 'integer'] }],
    [{ type: 'integer', minimum: -1e20, maximum: 1e20 }],
    [{ type: 'array', items: { type: 'integer' } }],
    [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }],
    [{ $ref: '#/$defs/Id' }],
    [{ type: 'object', properties: { id: { $ref: '#/$defs/Id' } }, unevaluatedProperties: false }],
  ])('%j takes integers that a double holds exactly, and no others', (schema) => {
    const check = new SchemaCheck(schema, { Id: { type: 'integer' } })
    const wrap = (value: number) => {
      if ('items' in schema) return [value]
      return 'properties' in schema ? { id: value } : value
    }
    const [most, next] = [Number.MAX_SAFE_INTEGER, JSON.parse('9007199254740993') as number]
    expect([most, -most, next, -next].map((value) => check.accepts(wrap(value)))).toEqual([true, true, false, false])
  })

  it('leaves numbers that need not be integers as they are', () => {
    expect(new SchemaCheck({ type: ['integer', 'number'] }, {}).accepts(1e300)).toBe(true)
    expect(new SchemaCheck({ type: 'number' }, {}).accepts(2 ** 53)).toBe(true)
  })

  it('follows references to named types, recursive ones too', () => {
    const types = {
      Node: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' }, next: { $ref: '#/$defs/Node' } },
      },
    }
    const check = new SchemaCheck({ $ref: '#/$defs/Node' }, types)
    expect(check.accepts({ id: 1, next: { id: 2 } })).toBe(true)
    expect(issuesOf({ $ref: '#/$defs/Node' }, { id: 1, next: {} }, types)).toEqual([
      '/next/id: is required, got nothing',
    ])
  })

  it('is not fooled by what objects have by nature', () => {
    expect(issuesOf({ type: 'object', required: ['constructor'] }, {})).toEqual([
      '/constructor: is required, got nothing',
    ])
    const hostile = JSON.parse('{"__proto__":{"uid":1}}')
    expect(issuesOf({ type: 'object', required: ['uid'] }, hostile)).toEqual(['/uid: is required, got nothing'])
  })

  it('counts on beyond what it lists, within bounds', () => {
    const check = new SchemaCheck({ type: 'array', items: { type: 'integer' } }, {})
    const value = Array.from({ length: 1_000 }, () => 'x')
    expect(check.accepts(value)).toBe(false)
    const { issues, total } = check.issues(value, 3)
    expect([issues.length, total]).toEqual([3, 15])
  })

  it('gives the search up in data of more than 10,000 values, and says so', () => {
    const value = [...Array(10_000).fill(0), 'x']
    expect(issuesOf({ type: 'array', items: { type: 'integer' } }, value)).toEqual([
      ': must match its schema; it is too large to say where it does not',
    ])
  })

  it('searches data of 5,000 values', () => {
    const value = [...Array(4_998).fill(0), 'x']
    expect(issuesOf({ type: 'array', items: { type: 'integer' } }, value)).toEqual(['/4998: must be integer, got "x"'])
  })

  it('survives data that holds itself', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(issuesOf({ type: 'array', items: { type: 'string' } }, cycle)).toHaveLength(1)
  })
})
