import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'

type Modules = Parameters<typeof generate>[1]

function clientOf(modules: Modules): string {
  const { files, diagnostics } = generate({ schema: 'schema/*.ts', client: 'client.ts' }, modules)
  expect(diagnostics).toEqual([])
  return files[0]?.text ?? ''
}

const one = (exports: Readonly<Record<string, unknown>>): Modules => [{ file: 'schema/a.ts', exports }]

/** A contract as somebody writes it who has JSON Schemas already. */
const PLAIN = {
  Item: {
    $id: 'https://example.org/item.json',
    title: 'What is on sale.',
    type: 'object',
    properties: { sku: { type: 'string' }, price: { type: 'number', minimum: 0 } },
    required: ['sku'],
  },
  find: command({
    description: 'Finds items.',
    request: {
      type: 'object',
      properties: { words: { type: 'array', items: { type: 'string' } }, limit: { type: 'integer', default: 20 } },
      required: ['words', 'limit'],
    } as object,
    response: { type: 'array', items: { $ref: 'https://example.org/item.json' } },
    errors: { empty: { status: 1001, data: { type: 'object', properties: { tip: { enum: ['more', 'fewer'] } } } } },
  }),
  sold: push({ data: { $ref: 'https://example.org/item.json' } }),
}

/** The same with TypeBox. */
const Item = Type.Object(
  { sku: Type.String(), price: Type.Optional(Type.Number({ minimum: 0 })) },
  { title: 'What is on sale.' },
)
const TYPED = {
  Item,
  find: command({
    description: 'Finds items.',
    request: Type.Object({ words: Type.Array(Type.String()), limit: Type.Integer({ default: 20 }) }),
    response: Type.Array(Item),
    errors: {
      empty: { status: 1001, data: Type.Object({ tip: Type.Optional(Type.Enum(['more', 'fewer'])) }) },
    },
  }),
  sold: push({ data: Item }),
}

/** A generated client without the hash of its contract, which tells required properties from each other's order. */
function withoutHashes(text: string): string {
  return text.replaceAll(/'[0-9a-f]{8,16}'/g, "''")
}

describe('a contract of plain JSON Schema', () => {
  it('gives the client that the same contract in TypeBox gives', () => {
    const text = clientOf(one(PLAIN))
    expect(withoutHashes(text)).toBe(withoutHashes(clientOf(one(TYPED))))
    expect(text).toContain('export type FindResponse = Item[]')
  })
})

describe('a shared type', () => {
  it('that several files use is declared once', () => {
    const text = clientOf([
      { file: 'schema/a.ts', exports: { Item, get: command({ response: Item }) } },
      { file: 'schema/b.ts', exports: { list: command({ response: Type.Array(Item) }) } },
      { file: 'schema/c.ts', exports: { Item, gone: push({ data: Item }) } },
    ])
    expect(text.match(/export interface Item /g)).toHaveLength(1)
    expect(text).toContain('export type ListResponse = Item[]')
  })

  it('may come from a module of TypeBox, each member by its own name', () => {
    const { User, Team } = Type.Module({
      User: Type.Object({ name: Type.String(), team: Type.Optional(Type.Ref('Team')) }),
      Team: Type.Object({ title: Type.String() }),
    })
    const text = clientOf(one({ User, Team, me: command({ response: User }) }))
    expect(text).toContain('export interface Team {\n  title: string\n}')
    expect(text).toContain('export interface User {\n  name: string\n  team?: Team\n}')
  })

  it('may come from a module whose members refer to themselves', () => {
    const { Node } = Type.Module({
      Node: Type.Object({ next: Type.Union([Type.Ref('Node'), Type.Null()]) }),
    })
    const text = clientOf(one({ Node, head: command({ response: Node }) }))
    expect(text).toContain('export interface Node {\n  next: Node | null\n}')
  })
})
