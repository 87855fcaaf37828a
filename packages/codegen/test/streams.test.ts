import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Parser } from '@asyncapi/parser'
import { buildContract, type CommandSpec, type Contract, command } from '@wsrv/schema'
import { Type } from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { compareContracts } from '../src/api.ts'
import type { Config } from '../src/config/config.ts'
import { generate } from '../src/generate.ts'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

const config: Config = {
  schema: 'schema/*.ts',
  client: 'client.ts',
  server: 'server.ts',
  handlers: 'handlers',
  docs: 'docs',
}

const Row = Type.Object({ id: Type.Integer() })

function filesOf(exports: Readonly<Record<string, unknown>>): (path: string) => string {
  const { files, diagnostics } = generate(config, [{ file: 'schema/a.ts', exports }])
  expect(diagnostics).toEqual([])
  return (path) => files.find((file) => file.path === path)?.text ?? ''
}

const streaming = {
  rows: command({ request: Type.Object({ from: Type.Integer() }), params: ['from'], stream: Row, response: Row }),
  whoami: command({}),
}

describe('of a stream', () => {
  it('the client has a method that returns it; without one it does not import the module', () => {
    const text = filesOf(streaming)('client.ts')
    expect(text).toContain('readonly rows: (from: number, options?: CallOptions) => Stream<RowsItem, RowsResponse>')
    expect(text).toContain('openStream<RowsItem, RowsResponse>(client, commands.rows, { from }, options)')
    expect(text).toContain('/** Item of the stream `rows`. */\nexport interface RowsItem {')
    expect(filesOf({ whoami: command({}) })('client.ts')).not.toContain('tream')
  })

  it('the server knows the items, the stub is a generator, and the contract has their schema', () => {
    const fileOf = filesOf(streaming)
    expect(fileOf('server.ts')).toMatch(/rows: \{ request: RowsRequest; stream: RowsItem; response: RowsResponse;/)
    expect(fileOf('handlers/rows.ts')).toContain("defineHandler('rows', async function* (c) {\n")
    expect(fileOf('contract.ts')).toContain('stream:')
  })

  it('the reference page shows the items, and how they are read', () => {
    const page = filesOf(streaming)('docs/index.html').replaceAll(/<[^>]+>/g, '')
    expect(page).toContain('Each item')
    expect(page).toContain('It is a stream: items come before the response.')
    expect(page).toMatch(/for await \(const item of client\.rows\(\d+\)\) show\(item\)/)
    expect(page.replaceAll('&quot;', '"')).toMatch(/"credit": 64[\s\S]*"status": 100[\s\S]*"status": 0/)
  })

  it('the AsyncAPI document has the items among the answers, and passes the official parser', async () => {
    const text = filesOf(streaming)('docs/asyncapi.json')
    const { operations, components } = JSON.parse(text)
    expect(JSON.stringify(operations.Rows.reply)).toMatch(/RowsItems.*RowsResponse/)
    expect(components.schemas.RowsItems.properties).toMatchObject({ status: { const: 100 } })
    const { diagnostics } = await new Parser().parse(text)
    expect(diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')).toEqual([])
  })
})

describe('the diff', () => {
  const contractOf = (spec: CommandSpec): Contract =>
    buildContract([{ file: 'schema/a.ts', exports: { rows: command(spec) } }]).contract
  const compare = (one: CommandSpec, other: CommandSpec): readonly string[] =>
    compareContracts(contractOf(one), contractOf(other)).map(({ severity, id }) => `${severity} ${id}`)

  it('judges the items of a stream as it judges a response', () => {
    const wide = Type.Object({ id: Type.Integer(), more: Type.Optional(Type.String()) })
    for (const [one, other] of [
      [Row, wide],
      [wide, Row],
      [Row, Type.Object({ id: Type.String() })],
      [Row, Type.Object({})],
    ] as const) {
      const asItems = compare({ stream: one }, { stream: other })
      expect(asItems).toEqual(
        compare({ response: one }, { response: other }).map((line) => line.replace('/response', '/stream')),
      )
    }
    expect(compare({ stream: Row }, { stream: Type.Object({ id: Type.String() }) })).toContain(
      'BREAKING rows#/stream/id',
    )
  })

  it('finds that a command has become a stream, or is one no more', () => {
    expect(compare({}, { stream: Row })).toEqual(['BREAKING rows#/stream'])
    expect(compare({ stream: Row }, {})).toEqual(['BREAKING rows#/stream'])
    expect(compare({ stream: Row }, { stream: Row })).toEqual([])
  })
})

const TSCONFIG = JSON.stringify({
  extends: join(ROOT, 'tsconfig.json'),
  include: ['generated', 'handlers', '*.ts'],
  exclude: ['wsrv.config.ts'],
})

const USE = `import { createClient } from './generated/client.ts'
import { defineHandler } from './generated/server.ts'

export async function use(): Promise<void> {
  const rows = createClient('ws://127.0.0.1/').rows(1)
  for await (const { id } of rows) id.toFixed()
  const { total } = await rows.response
  total.toFixed()
}

export const good = defineHandler('rows', async function* (c) {
  yield { id: c.data.from }
  if (c.data.from < 0) return c.error('gone', {})
  return { total: 1 }
})

export const wrong = [
  // @ts-expect-error an item has an id
  defineHandler('rows', async function* () {
    yield { it: 1 }
    return { total: 1 }
  }),
  // @ts-expect-error the end is the response
  defineHandler('rows', async function* () {
    yield { id: 1 }
  }),
  // @ts-expect-error a stream is a generator
  defineHandler('rows', () => ({ total: 1 })),
]
`

describe('generated code of streams', { timeout: 60_000 }, () => {
  let project: TempProject
  afterEach(() => project.delete())

  it('compiles, stub included, and types the items and the end', async () => {
    project = createTempProject({
      'wsrv.config.ts': `import { defineConfig } from '@wsrv/cli'
export default defineConfig({ schema: 'schema/**/*.ts', client: 'generated/client.ts', server: 'generated/server.ts', handlers: 'handlers' })
`,
      'tsconfig.json': TSCONFIG,
      'use.ts': USE,
      'schema/rows.ts': `import { command } from '@wsrv/schema'
import { Type } from 'typebox'
export const rows = command({
  request: Type.Object({ from: Type.Integer() }),
  params: ['from'],
  stream: Type.Object({ id: Type.Integer() }),
  response: Type.Object({ total: Type.Integer() }),
  errors: { gone: { status: 1001 } },
})
`,
    })
    expect((await project.run('codegen')).exitCode).toBe(0)
    const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit', '--pretty', 'false'], {
      cwd: project.root,
      encoding: 'utf8',
    })
    expect(stdout.split('\n').filter((line) => line !== '')).toEqual([])
  })
})
