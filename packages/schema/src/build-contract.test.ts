import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { buildContract } from './build-contract.ts'
import { command } from './command.ts'
import { push } from './push.ts'

/** Builds the contract of one schema file. */
function build(exports: Readonly<Record<string, unknown>>) {
  const built = buildContract([{ file: 'schema/a.ts', exports }])
  expect(built.problems).toEqual([])
  return built.contract
}

describe('a command', () => {
  it('takes its name from its export, in snake case', () => {
    expect(build({ whoIsOnline: command({}) }).commands.map(({ cmd }) => cmd)).toEqual(['who_is_online'])
  })

  it('has defaults for everything', () => {
    expect(build({ ping: command({}) }).commands).toEqual([
      {
        cmd: 'ping',
        request: { type: 'object', properties: {} },
        response: { type: 'object', properties: {} },
        errors: {},
        idempotent: false,
      },
    ])
  })

  it('keeps all that was declared, as plain JSON', () => {
    const register = command({
      description: 'Bind.',
      deprecated: 'Use login.',
      cmd: 'user.register',
      renamedFrom: 'enroll',
      request: Type.Object({ uid: Type.Integer({ minimum: 1, description: 'User id.' }) }),
      params: ['uid'],
      response: Type.Object({ ok: Type.Optional(Type.Boolean()) }),
      errors: { taken: { status: 1001, description: 'Taken.', data: Type.Object({}) } },
      idempotent: true,
      timeoutMs: 5_000,
      rateLimit: { cost: 10 },
    })
    const [built] = build({ register }).commands
    const request = {
      type: 'object',
      required: ['uid'],
      properties: { uid: { type: 'integer', minimum: 1, description: 'User id.' } },
    }
    expect(built).toEqual({
      cmd: 'user.register',
      description: 'Bind.',
      deprecated: 'Use login.',
      renamedFrom: ['enroll'],
      request,
      params: ['uid'],
      response: { type: 'object', properties: { ok: { type: 'boolean' } } },
      errors: { taken: { status: 1001, description: 'Taken.', data: { type: 'object', properties: {} } } },
      idempotent: true,
      timeoutMs: 5_000,
      rateLimit: { cost: 10 },
    })
    expect(JSON.parse(JSON.stringify(built))).toEqual(built)
  })

  it('that two files export counts once', () => {
    const ping = command({})
    const modules = ['schema/a.ts', 'schema/index.ts'].map((file) => ({ file, exports: { ping } }))
    const { contract, problems } = buildContract(modules)
    expect(problems).toEqual([])
    expect(contract.commands).toHaveLength(1)
  })
})

it('sorts commands, pushes and types by name, whatever the order of files and exports', () => {
  const B = Type.Object({ b: Type.String() })
  const A = Type.Object({ a: Type.String() })
  const contract = build({
    B,
    A,
    zed: command({ response: B }),
    alpha: command({ response: A }),
    up: push({}),
    down: push({}),
  })
  expect(contract.commands.map(({ cmd }) => cmd)).toEqual(['alpha', 'zed'])
  expect(contract.pushes.map(({ cmd }) => cmd)).toEqual(['down', 'up'])
  expect(Object.keys(contract.types)).toEqual(['A', 'B'])
})

describe('a type with a name of its own', () => {
  const User = Type.Object({ uid: Type.Integer() }, { description: 'Somebody.' })
  const plainUser = {
    type: 'object',
    required: ['uid'],
    properties: { uid: { type: 'integer' } },
    description: 'Somebody.',
  }
  const ref = { $ref: '#/$defs/User' }

  it('is an exported schema, wherever it is used, as it is or as the copy that a modifier made', () => {
    const response = Type.Object({ one: User, maybe: Type.Optional(User), many: Type.Array(User) })
    const contract = build({ User, who: command({ response }) })
    expect(contract.types).toEqual({ User: plainUser })
    expect(contract.commands[0]?.response).toMatchObject({
      properties: { one: ref, maybe: ref, many: { type: 'array', items: ref } },
    })
  })

  it('is not an exported scalar that happens to look the same', () => {
    const Name = Type.String()
    const response = Type.Object({ name: Name, motto: Type.String() })
    expect(build({ Name, who: command({ response }) }).commands[0]?.response).toMatchObject({
      properties: { name: { $ref: '#/$defs/Name' }, motto: { type: 'string' } },
    })
  })

  it('is left out when nothing uses it', () => {
    expect(build({ User, ping: command({}) }).types).toEqual({})
  })

  it('is a schema with a $id, under the last word of it', () => {
    const schema = { $id: 'https://example.org/user.schema.json', ...plainUser }
    expect(build({ who: command({ response: schema }) })).toMatchObject({
      types: { User: plainUser },
      commands: [{ response: ref }],
    })
  })

  it('is a member of a module, recursive or not', () => {
    const Node = Type.Cyclic({ Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }) }, 'Node')
    expect(build({ head: command({ response: Node }) })).toMatchObject({
      types: { Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } } },
      commands: [{ response: { $ref: '#/$defs/Node' } }],
    })
  })

  it('is what stands in $defs or definitions of a plain JSON Schema', () => {
    const response = {
      definitions: { user: plainUser },
      type: 'object',
      properties: { user: { $ref: '#/definitions/user' } },
    }
    expect(build({ who: command({ response }) })).toMatchObject({
      types: { User: plainUser },
      commands: [{ response: { properties: { user: ref } } }],
    })
  })

  it('is a schema that refers to itself, named after its command', () => {
    const response = Type.Object({ children: Type.Array(Type.This()) })
    expect(build({ tree: command({ response }) })).toMatchObject({
      types: { TreeResponse: { properties: { children: { items: { $ref: '#/$defs/TreeResponse' } } } } },
      commands: [{ response: { $ref: '#/$defs/TreeResponse' } }],
    })
  })

  it('is what a JSON Pointer points at', () => {
    const response = {
      type: 'object',
      properties: { from: { type: 'string', maxLength: 9 }, to: { $ref: '#/properties/from' } },
    }
    expect(build({ move: command({ response }) }).types).toEqual({
      MoveResponseFrom: { type: 'string', maxLength: 9 },
    })
  })

  it('may be referred to by the name of its export', () => {
    const response = Type.Object({ user: Type.Ref('User') })
    expect(build({ User, who: command({ response }) }).types).toEqual({ User: plainUser })
  })
})

it('writes tuples as draft 2020-12 does', () => {
  const rest = Type.Rest(Type.Array(Type.Boolean()))
  const response = Type.Object({
    pair: Type.Tuple([Type.String(), Type.Number()]),
    more: Type.Tuple([Type.Null(), rest]),
  })
  expect(build({ tuples: command({ response }) }).commands[0]?.response).toMatchObject({
    properties: {
      pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 2 },
      more: { type: 'array', prefixItems: [{ type: 'null' }], items: { type: 'boolean' }, minItems: 1 },
    },
  })
})

it('writes what OpenAPI calls nullable as a choice', () => {
  const response = { type: 'object', properties: { name: { type: 'string', nullable: true, description: 'Name.' } } }
  expect(build({ who: command({ response }) }).commands[0]?.response).toMatchObject({
    properties: { name: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'Name.' } },
  })
})
