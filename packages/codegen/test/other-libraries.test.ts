import { toJsonSchema } from '@valibot/to-json-schema'
import { command, push } from '@wsrv/schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { generate } from '../src/generate.ts'

const Role = z.enum(['admin', 'guest'])
const ZodUser = z.object({
  id: z.int().min(1),
  name: z.string().optional(),
  roles: z.array(Role),
  address: z.object({ street: z.string() }).nullable(),
  born: z.iso.date(),
  scores: z.record(z.string(), z.number()),
  pair: z.tuple([z.string(), z.number()]),
  shape: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('dot') }),
    z.object({ kind: z.literal('box'), size: z.number() }),
  ]),
  get friends() {
    return z.array(ZodUser)
  },
})
const ValibotUser = v.object({
  id: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name: v.optional(v.string()),
  roles: v.array(v.picklist(['admin', 'guest'])),
  address: v.nullable(v.object({ street: v.string() })),
  scores: v.record(v.string(), v.number()),
  pair: v.tuple([v.string(), v.number()]),
})
const ArkUser = type({
  id: 'number.integer >= 1',
  'name?': 'string',
  roles: "('admin' | 'guest')[]",
  address: type({ street: 'string' }).or('null'),
  pair: ['string', 'number'],
})

/** The fields of a push's type in a client, comments left out. */
function fieldsOf(schema: object): readonly string[] {
  const exports = { user: push({ data: schema }), set: command({ request: schema, response: schema }) }
  const { files, diagnostics } = generate({ schema: '*.ts', client: 'client.ts' }, [{ file: 'a.ts', exports }])
  expect(diagnostics).toEqual([])
  const text = (files[0]?.text ?? '').replaceAll(/\n? *\/\*\*[\s\S]*?\*\//g, '')
  const [, body = ''] = /export interface (?:UserPush|User) \{\n([\s\S]*?)\n\}/.exec(text) ?? []
  return body.split(/\n(?= {2}\w)/).map((line) => line.trim().replaceAll(/\s*\n\s*/g, ' '))
}

it("takes zod's JSON Schema as it comes, with its hidden key, and one that refers to itself", () => {
  const fields = fieldsOf(z.toJSONSchema(ZodUser))
  expect(fields).toEqual([
    'id: number',
    'name?: string',
    "roles: ('admin' | 'guest')[]",
    'address: { street: string } | null',
    'born: string',
    'scores: Record<string, number>',
    'pair: [string, number]',
    "shape: { kind: 'dot' } | { kind: 'box'; size: number }",
    'friends: UserPush[]',
  ])
})

it("takes valibot's JSON Schema as it comes", () => {
  expect(fieldsOf(toJsonSchema(ValibotUser))).toEqual([
    'id: number',
    'name?: string',
    "roles: ('admin' | 'guest')[]",
    'address: { street: string } | null',
    'scores: Record<string, number>',
    'pair: [string, number, ...unknown[]]',
  ])
})

it("takes ArkType's JSON Schema as it comes", () => {
  expect([...fieldsOf(ArkUser.toJsonSchema())].sort()).toEqual([
    'address: { street: string } | null',
    'id: number',
    'name?: string',
    'pair: [string, number]',
    "roles: ('admin' | 'guest')[]",
  ])
})

it.each([
  ['zod', z.object({ id: z.number() })],
  ['valibot', v.object({ id: v.number() })],
  ['ArkType', type({ id: 'number' })],
])('refuses a schema of %s itself, and says how to pass it', (_, schema) => {
  const exports = { user: push({ data: { type: 'object', properties: { user: schema } } as object }) }
  const { diagnostics } = generate({ schema: '*.ts', client: 'client.ts' }, [{ file: 'a.ts', exports }])
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('z.toJSONSchema(schema)')])
})
