import type { JsonSchema } from '@wsrv/schema'
import { describe, expect, it } from 'vitest'
import { Inclusion } from './inclusion.ts'

const KINDS = ['add', 'subtract', 'multiply', 'divide', 'power', 'compare'] as const

/** An expression as trees are written: six kinds of nodes, each with two expressions below it, or a number. */
function expression(leaf: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const $ref = '#/$defs/Expression'
  const nodes = KINDS.map((kind) => ({
    type: 'object',
    properties: { kind: { const: kind }, left: { $ref }, right: { anyOf: [{ $ref }, { type: 'null' }] } },
    required: ['kind', 'left', 'right'],
  }))
  return { Expression: { anyOf: [...nodes, leaf] } }
}

const holds = (one: JsonSchema, other: JsonSchema) => {
  const types = { one: expression(one), other: expression(other) }
  const inclusion = new Inclusion({ ...types, reading: 'check' })
  const ref = { $ref: '#/$defs/Expression' }
  return { isHeld: inclusion.holds(ref, ref, { one: false, other: false }), questions: inclusion.questions }
}

describe('an expression tree of six kinds of nodes', () => {
  // Each pair of schemas is asked about once: without that the questions grow with every level of the tree.
  const MOST = 200

  it('holds in one whose leaves are wider, after few questions', () => {
    const { isHeld, questions } = holds({ type: 'integer' }, { type: 'number' })
    expect(isHeld).toBe(true)
    expect(questions).toBeLessThan(MOST)
  })

  it('does not hold in one whose leaves are narrower, after few questions', () => {
    const { isHeld, questions } = holds({ type: 'number' }, { type: 'string' })
    expect(isHeld).toBe(false)
    expect(questions).toBeLessThan(MOST)
  })
})
