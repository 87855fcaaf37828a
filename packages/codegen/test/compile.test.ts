import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Project } from 'ts-morph'
import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

const CONFIG = `import { defineConfig } from '@wsrv/cli'
export default defineConfig({
  schema: 'schema/**/*.ts',
  client: 'generated/client.ts',
  server: 'generated/server.ts',
  handlers: 'handlers',
})
`
const TSCONFIG = JSON.stringify({
  extends: join(ROOT, 'tsconfig.json'),
  include: ['generated', 'handlers', '*.ts'],
  exclude: ['wsrv.config.ts'],
})
const USERS = `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
export const register = command({
  description: 'Bind this connection to a user.',
  request: Type.Object({ uid: Type.Integer() }),
  params: ['uid'],
  deprecated: 'Use sign_in.',
  renamedFrom: 'enroll',
  errors: { uid_taken: { status: 1001, data: Type.Object({ uid: Type.Integer() }) } },
})
export const haveUserRegister = push({ deprecated: 'Use joined.', data: Type.Object({ uid: Type.Integer() }) })
`

const REGISTER_WITH_CONTEXT = `import { defineHandler } from '../generated/server.ts'

export const register = defineHandler('register', (c) => {
  const name: string | undefined = c.context.db.get(c.data.uid)
  return { name }
})
`
const MAIN_WITH_CONTEXT = `import { createServer, type Middleware } from './generated/server.ts'
import { handlers } from './handlers/index.ts'

export const server = createServer({ handlers, context: { db: new Map([[1, 'ann']]) } })
export const isOpen: Middleware = (c, next) => (c.context.db.size > 0 ? next() : c.abort(503, 'empty'))
// @ts-expect-error the context is missing
export const without = createServer({ handlers })
// @ts-expect-error the context is missing
export const withNothing = createServer()
`

let project: TempProject
afterEach(() => project.delete())

function createProject(files: Readonly<Record<string, string>>): TempProject {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'tsconfig.json': TSCONFIG, ...files })
  return project
}

/** What the compiler says, one line an error. */
function compile({ root }: TempProject): readonly string[] {
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit', '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
  })
  return stdout.split('\n').filter((line) => line !== '')
}

describe('generated code', { timeout: 60_000 }, () => {
  it('compiles at the strictest settings, stubs included', async () => {
    const { run } = createProject({ 'schema/users.ts': USERS })
    expect((await run('codegen')).exitCode).toBe(0)
    expect(compile(project)).toEqual([])
  })

  it('compiles for a contract without commands, and for one without pushes', async () => {
    const onlyPushes = USERS.replace(/export const register[\s\S]*\n}\)\n/, '')
    const { run, write } = createProject({ 'schema/users.ts': onlyPushes })
    expect((await run('codegen')).exitCode).toBe(0)
    expect(compile(project)).toEqual([])
    write('schema/users.ts', USERS.replace(/export const haveUserRegister.*\n/, ''))
    expect((await run('codegen')).exitCode).toBe(0)
    expect(compile(project)).toEqual([])
  })

  it('does not compile when a new command has no handler', async () => {
    const { run, read, write } = createProject({ 'schema/users.ts': USERS })
    await run('codegen')
    const index = read('handlers/index.ts')
    write('schema/more.ts', "import { command } from '@wsrv/schema'\nexport const logOut = command({})\n")
    await run('codegen')
    expect(compile(project)).toEqual([])
    write('handlers/index.ts', index)
    expect(compile(project).join('\n')).toMatch(/^handlers\/index\.ts.*TS2741: Property '"?log_out"?' is missing/)
  })

  it('types the context by handlers/context.ts, in handlers, middleware and at the server', async () => {
    // A command of that name, or of another file's, has its handler elsewhere.
    const named = ['context', 'session', 'index'].map((name) => `export const ${name} = command({})\n`).join('')
    const { run, read, write } = createProject({ 'schema/users.ts': USERS + named })
    expect((await run('codegen')).exitCode).toBe(0)
    for (const name of ['context', 'session', 'index']) {
      expect(read(`handlers/${name}-handler.ts`)).toContain(`export const ${name} = defineHandler('${name}', `)
    }
    expect(read('handlers/context.ts')).toContain('export type AppContext = Record<never, never>')
    const declared = 'export interface AppContext { readonly db: Map<number, string> }\n'
    write('handlers/context.ts', declared)
    write('handlers/register.ts', REGISTER_WITH_CONTEXT)
    write('main.ts', MAIN_WITH_CONTEXT)
    await run('codegen')
    expect(read('handlers/context.ts')).toBe(declared)
    expect(compile(project)).toEqual([])
    write('main.ts', MAIN_WITH_CONTEXT.replace('{ db: new Map', '{ cache: new Map'))
    write('handlers/register.ts', REGISTER_WITH_CONTEXT.replace('context.db', 'context.cache'))
    expect(compile(project)).toEqual([
      expect.stringMatching(/^handlers\/register\.ts\(4,\d+\): error TS2339: .*'cache'/),
      expect.stringMatching(/^main\.ts\(4,\d+\): error TS/),
    ])
  })

  it('reads as words when hovered', async () => {
    const use =
      "import { createClient } from './generated/client.ts'\nconst client = createClient('ws://x')\nclient.register\n"
    const { run } = createProject({ 'schema/users.ts': USERS, 'use.ts': use })
    await run('codegen')
    expect(hover('use.ts', 'register')).toBe(
      '(property) Commands.register: (uid: number, options?: CallOptions) => Promise<RegisterResponse>',
    )
    expect(hover('use.ts', 'client')).toBe('const client: Client')
  })
})

/** What an editor shows for the last occurrence of a word in a file. */
function hover(file: string, word: string): string {
  const workspace = new Project({ tsConfigFilePath: join(project.root, 'tsconfig.json') })
  const source = workspace.getSourceFileOrThrow(join(project.root, file))
  const at = source.getFullText().lastIndexOf(word)
  const service = workspace.getLanguageService().compilerObject
  const info = service.getQuickInfoAtPosition(source.getFilePath(), at)
  return (info?.displayParts ?? []).map(({ text }) => text).join('')
}

/** Commands in the gate; `WSRV_COMMANDS=1000` is the long run. */
const COMMANDS = Number(process.env['WSRV_COMMANDS'] ?? 300)

describe('a large contract', () => {
  it('generates and compiles', { timeout: 120_000 }, async () => {
    const { root, run } = createProject(manyCommands(COMMANDS))
    const bin = join(ROOT, 'packages/cli/src/bin.ts')
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', bin, 'codegen'], { cwd: root })
    expect(status).toBe(0)
    expect((await run('codegen', '--check')).out).toEqual([`${COMMANDS + 6} files up to date`])
    expect(compile(project)).toEqual([])
  })
})

/** Schema files of `count` commands, fifty a file, with shared types, params, defaults and errors. */
function manyCommands(count: number): Readonly<Record<string, string>> {
  const perFile = 50
  return Object.fromEntries(
    Array.from({ length: count / perFile }, (_, file) => {
      const head = [
        "import { Type } from 'typebox'",
        "import { command } from '@wsrv/schema'",
        `export const Item${file} = Type.Object({ id: Type.Integer({ description: 'Id.' }), tags: Type.Array(Type.String()) })`,
      ]
      const commands = Array.from(
        { length: perFile },
        (_, index) => `export const area${file}Do${index} = command({
  cmd: 'area${file}.do_${index}',
  description: 'Does ${index}.',
  request: Type.Object({ id: Type.Integer({ minimum: 1 }), limit: Type.Integer({ default: 20 }) }),
  params: ['id'],
  response: Type.Object({ items: Type.Array(Item${file}), total: Type.Integer() }),
  errors: { missing: { status: 1001, data: Type.Object({ id: Type.Integer() }) } },
})`,
      )
      return [`schema/area-${file}.ts`, `${[...head, ...commands].join('\n')}\n`]
    }),
  )
}
