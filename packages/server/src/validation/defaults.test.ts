import { describe, expect, it } from 'vitest'
import { createDefaultsFiller } from './defaults.ts'

const filled = (schema: object, data: unknown, types: Record<string, object> = {}): unknown => {
  createDefaultsFiller(schema, types)?.(data)
  return data
}

describe('defaults', () => {
  const size = { type: 'integer', default: 10 }

  it('go where properties are absent, and nowhere else', () => {
    const schema = { properties: { size, name: { type: 'string' }, none: { default: null } } }
    expect(filled(schema, {})).toEqual({ size: 10, none: null })
    expect(filled(schema, { size: 'x', none: 1 })).toEqual({ size: 'x', none: 1 })
    expect(filled(schema, { size: null })).toEqual({ size: null, none: null })
  })

  it('go into nested objects, items, parts of an allOf and named types, recursive ones too', () => {
    const types = { Page: { properties: { size, next: { $ref: '#/$defs/Page' } } } }
    const schema = {
      allOf: [{ properties: { pages: { type: 'array', items: { $ref: '#/$defs/Page' } } } }],
      properties: { first: { $ref: '#/$defs/Page' } },
    }
    expect(filled(schema, { pages: [{}, { next: {} }], first: {} }, types)).toEqual({
      pages: [{ size: 10 }, { size: 10, next: { size: 10 } }],
      first: { size: 10 },
    })
  })

  it('leave data alone that is not what the schema says', () => {
    const schema = { properties: { a: { properties: { size } }, b: { items: { properties: { size } } } } }
    for (const data of [null, 1, [1], { a: 1, b: 'x' }, { a: null }])
      expect(filled(schema, structuredClone(data))).toEqual(data)
  })

  it('cost nothing where there are none', () => {
    const types = { Node: { properties: { next: { $ref: '#/$defs/Node' } } } }
    expect(createDefaultsFiller({ $ref: '#/$defs/Node' }, types)).toBe(undefined)
  })

  it('leave data alone that has more items or properties than its schema allows', () => {
    const schema = { properties: { list: { maxItems: 1, items: { properties: { size } } } }, maxProperties: 1 }
    expect(filled(schema, { list: [{}, {}] })).toEqual({ list: [{}, {}] })
    expect(filled({ properties: { size }, maxProperties: 1 }, { a: 1, b: 2 })).toEqual({ a: 1, b: 2 })
  })

  it('are not written without end: data that lacks more than 10,000 values is not filled any further', () => {
    const deep = {
      type: 'array',
      default: [
        [0, 0],
        [0, 0],
      ],
    }
    const fill = createDefaultsFiller({ items: { properties: { deep } } }, {})
    const data = Array.from({ length: 60_000 }, (): { deep?: unknown } => ({}))
    expect(fill?.(data)).toBe(false)
    expect(data.filter((item) => 'deep' in item).length).toBeLessThan(2_000)
    expect(fill?.([{}, {}])).toBe(true)
  })

  it('are copies: a request that changes one changes no other', () => {
    const fill = createDefaultsFiller({ properties: { tags: { default: [{ a: 1 }] } } }, {})
    const [one, other] = [{}, {}] as { tags?: { a: number }[] }[]
    fill?.(one)
    fill?.(other)
    expect(one?.tags).toEqual([{ a: 1 }])
    expect(one?.tags?.[0]).not.toBe(other?.tags?.[0])
  })
})
