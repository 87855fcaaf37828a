import { buildContract, command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { hashContract } from './hash-contract.ts'

function hashesOf(exports: Readonly<Record<string, unknown>>) {
  const { contract, problems } = buildContract([{ file: 'a.ts', exports }])
  expect(problems).toEqual([])
  return hashContract(contract)
}

const User = Type.Object({ uid: Type.Integer(), name: Type.Optional(Type.String()) })
const base = { User, get: command({ request: Type.Object({ uid: Type.Integer() }), response: User }), up: push({}) }

describe('the hash of a contract', () => {
  it('has one for the whole and one for each command and push', () => {
    const { hash, commands } = hashesOf(base)
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(Object.keys(commands)).toEqual(['get', 'up'])
    expect(Object.values(commands).every((one) => /^[0-9a-f]{8}$/.test(one))).toBe(true)
  })

  const request = Type.Object({ uid: Type.Integer({ description: 'Who.' }) }, { title: 'Get' })
  const reordered = {
    type: 'object',
    properties: { name: { type: 'string' }, uid: { type: 'integer' } },
    required: ['uid'],
  }

  it.each([
    ['descriptions', { ...base, get: command({ description: 'Gets.', request, response: User }) }],
    [
      'what only the client needs',
      { ...base, get: command({ request, params: ['uid'], response: User, timeoutMs: 9 }) },
    ],
    ['the name of a type', { Person: User, get: base.get, up: base.up }],
    ['the order of properties', { User: reordered, get: command({ request, response: reordered }), up: base.up }],
  ])('does not know %s', (_what, exports) => {
    expect(hashesOf(exports)).toEqual(hashesOf(base))
  })

  it.each([
    ['a request', { ...base, get: command({ request: Type.Object({ uid: Type.String() }), response: User }) }],
    [
      'a type that a response uses',
      { get: command({ request, response: Type.Object({ uid: Type.Integer() }) }), up: base.up },
    ],
    ['a status', { ...base, get: command({ request, response: User, errors: { gone: { status: 1001 } } }) }],
    [
      'a default',
      { ...base, get: command({ request: Type.Object({ uid: Type.Integer({ default: 1 }) }), response: User }) },
    ],
  ])('changes with %s, for that command alone', (_what, exports) => {
    const before = hashesOf(base)
    const after = hashesOf(exports)
    expect(after.hash).not.toBe(before.hash)
    expect(after.commands['get']).not.toBe(before.commands['get'])
    expect(after.commands['up']).toBe(before.commands['up'])
  })

  it('has a command under its former names too, and changes when one is dropped', () => {
    const { get, ...others } = base
    const renamed = { ...others, fetch: command({ ...get.spec, renamedFrom: ['get', 'load'] }) }
    const { hash, commands } = hashesOf(renamed)
    expect(commands).toEqual({ ...hashesOf(base).commands, load: commands['get'], fetch: commands['get'] })
    expect(hash).not.toBe(hashesOf({ ...others, fetch: get }).hash)
  })

  it('tells recursive types apart', () => {
    const tree = (leaf: object) =>
      command({
        response: {
          $defs: { Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' }, leaf } } },
          $ref: '#/$defs/Node',
        },
      })
    expect(hashesOf({ get: tree({ type: 'string' }) })).not.toEqual(hashesOf({ get: tree({ type: 'number' }) }))
  })
})
