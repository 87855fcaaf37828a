import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from './temp-project.ts'

const CONFIG = `import { defineConfig } from '@wsrv/cli'
export default defineConfig({
  schema: 'schema/*.ts',
  client: 'generated/client.ts',
  server: 'generated/server.ts',
  handlers: 'handlers',
})
`
const schema = (name: string, options = '{}'): string =>
  `import { command } from '@wsrv/schema'\nexport const ${name} = command(${options})\nexport const ping = command({})\n`

let project: TempProject
beforeEach(async () => {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema/users.ts': schema('register') })
  await project.run('codegen')
})
afterEach(() => project.delete())

/** Renames the command in the schema. */
function rename(name = 'signUp', options = "{ renamedFrom: 'register' }"): void {
  project.write('schema/users.ts', schema(name, options))
}

const HANDLER = `// Written by hand:  spaces   and all.
import { defineHandler } from '../generated/server.ts'

/** Keeps who registered; see register in the wiki. */
const seen = new Set<string>()

export const LIMIT = 7
export const register = defineHandler( "register", async (c) => {
  const { register: other } = { register: 'register' }
  seen.add(other)
  if (seen.size > LIMIT) return register.name === '' ? {} : c.abort(1, "register")
  return {}
} )
export const table = { register, again: register }
`

describe('a command that is renamed', () => {
  it('takes along the types that name it', async () => {
    const typed = `import { type Context, defineHandler, type Handler } from '../generated/server.ts'
export const register: Handler<'register'> = defineHandler('register', (c) => answer(c))
const answer = (_: Context<"register">) => ({ register: 'register' })
`
    project.write('handlers/register.ts', typed)
    rename()
    expect((await project.run('codegen')).exitCode).toBe(0)
    const named = typed.replace("const register: Handler<'register'>", "const signUp: Handler<'sign_up'>")
    const renamed = named.replace("defineHandler('register'", "defineHandler('sign_up'")
    expect(project.read('handlers/sign-up.ts')).toBe(renamed.replace('Context<"register">', 'Context<"sign_up">'))
  })

  it('takes its handler along: file, export, literal and line of the index; nothing else', async () => {
    project.write('handlers/register.ts', HANDLER)
    const index = project.read('handlers/index.ts')
    rename()
    const { exitCode, out, err } = await project.run('codegen')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    expect(out).toContain('renamed handlers/register.ts → handlers/sign-up.ts')
    expect(project.files().filter((path) => path.startsWith('handlers'))).toEqual([
      'handlers/context.ts',
      'handlers/index.ts',
      'handlers/ping.ts',
      'handlers/session.ts',
      'handlers/sign-up.ts',
    ])
    expect(project.read('handlers/sign-up.ts')).toBe(
      HANDLER.replace(
        'export const register = defineHandler( "register"',
        'export const signUp = defineHandler( "sign_up"',
      )
        .replace('return register.name', 'return signUp.name')
        .replace('{ register, again: register }', '{ register: signUp, again: signUp }'),
    )
    expect(project.read('handlers/index.ts')).toBe(
      index
        .replace("import { register } from './register.ts'", "import { signUp } from './sign-up.ts'")
        .replace('  register,', '  sign_up: signUp,'),
    )
  })

  it('is renamed once: the next run changes nothing', async () => {
    rename()
    await project.run('codegen')
    expect((await project.run('codegen')).out).toEqual([expect.stringMatching(/^0 files written, 8 unchanged/)])
  })

  it('is stale for --check, which leaves everything as it is', async () => {
    const before = new Map(project.files().map((path) => [path, project.read(path)]))
    rename()
    const { exitCode, err } = await project.run('codegen', '--check')
    expect(exitCode).toBe(1)
    expect(err).toContain('handlers/sign-up.ts: stale, still handlers/register.ts')
    expect(err).toContain("  +export const signUp = defineHandler('sign_up', (c) => {")
    before.delete('schema/users.ts')
    for (const [path, text] of before) expect(project.read(path)).toBe(text)
  })

  it('keeps what an edited index makes of the handler, and its other names', async () => {
    project.write(
      'handlers/index.ts',
      `import type { Handlers } from '../generated/server.ts'
import { ping } from './ping.ts'
// The door.
import { register as enter } from "./register.js"
import * as all from './register.ts'
export { register } from './register.ts'

export const handlers = {
  ping, // first
  // Only with a key.
  'register': locked(enter), ...{},
} satisfies Handlers
export const plain = [all.register]
`,
    )
    rename()
    const { err } = await project.run('codegen')
    expect(err).toEqual([])
    expect(project.read('handlers/index.ts').split('\n').slice(1, -1)).toEqual([
      "import { ping } from './ping.ts'",
      '// The door.',
      'import { signUp as enter } from "./sign-up.js"',
      "import * as all from './sign-up.ts'",
      "export { signUp as register } from './sign-up.ts'",
      '',
      'export const handlers = {',
      '  ping, // first',
      '  // Only with a key.',
      '  sign_up: locked(enter), ...{},',
      '} satisfies Handlers',
      'export const plain = [all.signUp]',
    ])
  })

  it('is followed by its neighbours', async () => {
    const neighbour = project.read('handlers/ping.ts').replace('\n', "\nimport { register } from './register.ts'\n")
    project.write('handlers/ping.ts', `${neighbour}void register\n`)
    rename()
    await project.run('codegen')
    expect(project.read('handlers/ping.ts')).toContain("import { signUp } from './sign-up.ts'")
    expect(project.read('handlers/ping.ts')).toContain('void signUp\n')
  })

  it('keeps the name of its export where the new one is taken, and says so', async () => {
    project.write('handlers/register.ts', `${project.read('handlers/register.ts')}const signUp = 1\nvoid signUp\n`)
    rename()
    const { err } = await project.run('codegen')
    expect(err).toEqual([
      'warning handlers/sign-up.ts:6:7: the renamed handler keeps its name "register", because "signUp" is already used in this file.',
    ])
    expect(project.read('handlers/sign-up.ts')).toContain("export const register = defineHandler('sign_up'")
    expect(project.read('handlers/index.ts')).toContain("import { register } from './sign-up.ts'")
    expect(project.read('handlers/index.ts')).toContain('sign_up: register,')
    expect((await project.run('codegen')).err).toEqual([])
  })

  it('may keep its file and its export', async () => {
    project.write('schema/users.ts', schema('join', "{ cmd: 'chat_join' }"))
    project.remove('handlers/register.ts')
    project.remove('handlers/index.ts')
    await project.run('codegen')
    rename('join', "{ cmd: 'chat.join', renamedFrom: ['enter', 'chat_join'] }")
    const { out, err } = await project.run('codegen')
    expect(err).toEqual([])
    expect(out).toContain('changed handlers/chat-join.ts')
    expect(project.read('handlers/chat-join.ts')).toContain("export const chatJoin = defineHandler('chat.join'")
    expect(project.read('handlers/index.ts')).toContain("  'chat.join': chatJoin,")
  })

  it('finishes what was begun by hand', async () => {
    project.write('handlers/sign-up.ts', project.read('handlers/register.ts').replace('const register', 'const signUp'))
    project.remove('handlers/register.ts')
    const index = project.read('handlers/index.ts')
    const edited = index.replace("{ register } from './register.ts'", "{ signUp } from './sign-up.ts'")
    project.write('handlers/index.ts', edited.replace('  register,', '  register: signUp,'))
    rename()
    expect((await project.run('codegen')).err).toEqual([])
    expect(project.read('handlers/sign-up.ts')).toContain("export const signUp = defineHandler('sign_up'")
    expect(project.read('handlers/index.ts')).toContain('  sign_up: signUp,')
    project.write('handlers/sign-up.ts', project.read('handlers/sign-up.ts').replace("'sign_up'", "'register'"))
    expect((await project.run('codegen')).err).toEqual([])
    expect(project.read('handlers/sign-up.ts')).toContain("defineHandler('sign_up'")
  })

  it('leaves a handler of the new name as it is, and reports the old one', async () => {
    project.write('handlers/sign-up.ts', project.read('handlers/register.ts').replaceAll('register', 'sign_up'))
    rename()
    const { err } = await project.run('codegen')
    expect(err).toContain(
      'warning handlers/register.ts:3:39: it handles "register", which was renamed to "sign_up" and has a handler under that name. Delete this one, or move its code there.',
    )
    expect(project.files()).toContain('handlers/register.ts')
  })

  it('is told where it is not listed as a line', async () => {
    const index = project.read('handlers/index.ts').replace('  register,', '  ...{ register },')
    project.write('handlers/index.ts', index)
    rename()
    const { err } = await project.run('codegen')
    expect(err).toEqual([
      'warning handlers/index.ts: it has no line for "register", which is now "sign_up". Rename it where it is listed.',
    ])
    expect(project.read('handlers/index.ts')).toContain('...{ register: signUp }')
  })

  it('without renamedFrom gets a stub, and the old handler is reported', async () => {
    rename('signUp', '{}')
    const { err } = await project.run('codegen')
    expect(err).toEqual([
      expect.stringMatching(
        /^warning handlers\/register.ts:3:39: it handles "register", which the contract does not have/,
      ),
    ])
    expect(project.files()).toEqual(expect.arrayContaining(['handlers/register.ts', 'handlers/sign-up.ts']))
  })
})
