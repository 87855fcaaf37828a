import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

function config(isIsolated: boolean): string {
  return `export default {
  schema: 'schema/**/*.ts',
  client: 'generated/client.ts',
  server: 'generated/server.ts',
  handlers: 'handlers',
  isolatedDeclarations: ${isIsolated},
}
`
}

/** `strict` and nothing more, as most projects have it; declarations from each file alone where asked for. */
function tsconfig(isIsolated: boolean): string {
  const strict = { strict: true, target: 'ES2023', module: 'NodeNext', types: ['node'], skipLibCheck: true }
  const isolated = isIsolated ? { isolatedDeclarations: true, declaration: true } : {}
  const compilerOptions = { ...strict, ...isolated, allowImportingTsExtensions: true, noEmit: true }
  return JSON.stringify({ compilerOptions, include: ['generated', 'handlers'] })
}

let project: TempProject
afterEach(() => project.delete())

async function compileErrors(schema: string, isIsolated = false): Promise<readonly string[]> {
  const head = "import { command, push } from '@wsrv/schema'\nimport { Type } from 'typebox'\n"
  project = createTempProject({
    'wsrv.config.ts': config(isIsolated),
    'tsconfig.json': tsconfig(isIsolated),
    'schema/all.ts': head + schema,
  })
  const { exitCode, err } = await project.run('codegen')
  expect([exitCode, ...err]).toEqual([0])
  const tsc = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['--pretty', 'false'], {
    cwd: project.root,
    encoding: 'utf8',
  })
  return tsc.stdout.split('\n').filter((line) => line !== '')
}

const CASES: Readonly<Record<string, string>> = {
  'an optional property beside typed additional ones': `
    const Open = Type.Object({ a: Type.Optional(Type.String()) }, { additionalProperties: Type.Number() })
    export const open = command({ request: Open, response: Open })
    export const opened = push({ data: Open })`,
  'an optional param before the rest of a request that is required': `
    export const ask = command({
      request: Type.Object({ room: Type.Optional(Type.String()), limit: Type.Integer({ default: 3 }), text: Type.String() }),
      params: ['room', 'limit'],
    })`,
  'types that refer to themselves through a record': `
    export const Tree = Type.Cyclic({ Tree: Type.Record(Type.String(), Type.Ref('Tree')) }, 'Tree')
    export const Json = { $id: 'Json', anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { $ref: 'Json' } }] }
    export const Deep = { $id: 'Deep', type: 'object', additionalProperties: { anyOf: [{ type: 'array', items: { $ref: 'Deep' } }, { type: 'null' }] } }
    export const One = { $id: 'One', type: 'object', additionalProperties: { $ref: 'Two' } }
    export const Two = { $id: 'Two', type: 'object', patternProperties: { '^a': { $ref: 'One' } } }
    export const Pair = { $id: 'Pair', type: 'array', prefixItems: [{ $ref: 'Pair' }], minItems: 0, items: false }
    export const grow = command({ request: Type.Object({ tree: Tree, json: Json as object, deep: Deep, one: One, pair: Pair }), response: Tree })
    export const grown = push({ data: Json as object })`,
  'names of types that no code can have': `
    const named = (id: string, value: string) => ({ $id: id, type: 'object', properties: { [value]: { type: 'string' } } })
    export const look = command({
      request: { type: 'object', properties: {
        a: named('42', 'a'), b: named('https://example.org/v2/2nd-thing.json', 'b'), c: named('???', 'c'), d: named('class', 'd'),
        e: named('List<User>', 'e'), f: { $ref: '#/$defs/1 of many' }, g: named('number', 'g'), h: named('Ünï cödé', 'h'),
        i: named('string[]', 'i'), k: named('Awaited', 'k'), l: named('Partial', 'l'),
      }, $defs: { '1 of many': { type: 'object', properties: { x: { type: 'null' } } } } },
    })`,
  'properties that every object has already': `
    const Inherited = Type.Object({ constructor: Type.Optional(Type.String()), toString: Type.Optional(Type.Number()) })
    export const build = command({ request: Inherited, response: Inherited })
    export const valueOf = command({ cmd: 'value.of', request: Type.Object({ id: Type.Integer(), hasOwnProperty: Type.Optional(Type.Boolean()) }), params: ['id'] })
    export const built = push({ data: Inherited })`,
}

/** One contract of all of them: a run of the compiler takes seconds. */
const ALL = Object.values(CASES).join('\n')

describe('generated code of shapes that are hard to write', { timeout: 60_000 }, () => {
  it(`compiles under plain strict: ${Object.keys(CASES).join('; ')}`, async () => {
    expect(await compileErrors(ALL)).toEqual([])
  })

  it('compiles under isolatedDeclarations, handlers and their index included', async () => {
    expect(await compileErrors(ALL, true)).toEqual([])
  })
})
