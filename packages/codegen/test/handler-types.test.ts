import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchCodegen } from '../../cli/src/commands/codegen.ts'
import { plainOutput } from '../../cli/src/output.ts'
import { createTsxLoader } from '../src/load/load-tsx.ts'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

const CONFIG = `import { defineConfig } from '@wsrv/cli'
export default defineConfig({
  schema: 'schema/*.ts',
  client: 'generated/client.ts',
  server: 'generated/server.ts',
  handlers: 'handlers',
})
`
const TSCONFIG = JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), include: ['handlers', 'generated'] })

/** The schema file: what `register` takes and answers, and the data of the push `news`. */
const schema = (request: string, response = 'Type.Object({})', news = 'Type.Object({ text: Type.String() })') =>
  `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
export const register = command({ request: Type.Object({ ${request} }), response: ${response} })
export const ping = command({})
export const news = push({ data: ${news} })
`
const REGISTER = `import { defineHandler } from '../generated/server.ts'

export const register = defineHandler('register', (c) => {
  const uid: number = c.data.uid
  c.set('nothing' as never, uid as never)
  return {}
})
`
const PING = `import { gone } from 'not-installed'
import { defineHandler } from '../generated/server.ts'

export const ping = defineHandler('ping', (c) => {
  c.push("news", { text: 'hi' })
  return undeclared(gone)
})
`

let project: TempProject
beforeEach(async () => {
  project = createTempProject({
    'wsrv.config.ts': CONFIG,
    'tsconfig.json': TSCONFIG,
    'schema/a.ts': schema('uid: Type.Integer()'),
  })
  await project.run('codegen')
  project.write('handlers/register.ts', REGISTER)
  project.write('handlers/ping.ts', PING)
})
afterEach(() => project.delete())

describe('a handler that no longer fits', { timeout: 60_000 }, () => {
  it('is reported with file, line, column and what the compiler says', async () => {
    project.write('schema/a.ts', schema('uid: Type.String()', 'Type.Object({ name: Type.String() })'))
    const { exitCode, err } = await project.run('codegen')
    expect(exitCode).toBe(0)
    const said = 'the contract changed, and this handler no longer fits'
    expect(err).toEqual([
      expect.stringMatching(
        /^warning handlers\/register\.ts:3:51: .+ Type '\{\}' is not assignable to .+RegisterResponse/,
      ),
      `warning handlers/register.ts:4:9: ${said}: Type 'string' is not assignable to type 'number'.`,
    ])
    expect((await project.run('codegen')).err).toEqual([])
  })

  it('is not reported when it still fits, nor for what was wrong before', async () => {
    project.write('schema/a.ts', schema('uid: Type.Integer(), name: Type.String()'))
    expect((await project.run('codegen')).err).toEqual([])
  })

  it('is reported for a push that it makes', async () => {
    const news = 'Type.Object({ body: Type.String() })'
    project.write('schema/a.ts', schema('uid: Type.Integer()', undefined, news))
    expect((await project.run('codegen')).err).toEqual([
      expect.stringMatching(/^warning handlers\/ping\.ts:5:20: the contract changed.+'text' does not exist/),
    ])
  })

  it('is reported when it was renamed and uses types by their old names', async () => {
    const typed = "import type { RegisterRequest } from '../generated/server.ts'\n"
    project.write('handlers/register.ts', `${typed}${REGISTER}export type Data = RegisterRequest\n`)
    const renamed = schema('uid: Type.Integer()').replace(
      'register = command({',
      "signUp = command({ renamedFrom: 'register',",
    )
    project.write('schema/a.ts', renamed)
    expect((await project.run('codegen')).err).toEqual([
      expect.stringMatching(
        /^warning handlers\/sign-up\.ts:1:15: the contract changed.+no exported member.+RegisterRequest/,
      ),
    ])
  })

  it('is found without a tsconfig.json too', async () => {
    project.remove('tsconfig.json')
    project.write('schema/a.ts', schema('uid: Type.String()'))
    expect((await project.run('codegen')).err).toHaveLength(1)
  })

  it('is not looked for where the runtime is not installed', async () => {
    project.remove('node_modules')
    for (const name of ['@wsrv/schema', 'typebox']) {
      mkdirSync(dirname(join(project.root, 'node_modules', name)), { recursive: true })
      symlinkSync(join(ROOT, 'node_modules', name), join(project.root, 'node_modules', name))
    }
    project.write('wsrv.config.ts', CONFIG.replace(/import .*/, '').replace(/defineConfig\(|\)$/gm, ''))
    project.write('schema/a.ts', schema('uid: Type.String()'))
    expect(await project.run('codegen')).toMatchObject({ exitCode: 0, err: [] })
    expect(project.read('generated/server.ts')).toContain('uid: string')
  })

  it('is reported by --watch behind the files that were written', async () => {
    project.write('schema/a.ts', schema('uid: Type.String()'))
    const lines: string[] = []
    const say = (line: string): void => void lines.push(line)
    const watch = await watchCodegen(
      { config: 'wsrv.config.ts', cwd: project.root },
      createTsxLoader(),
      plainOutput(say),
    )
    await watch.close()
    const at = (text: string): number => lines.findIndex((line) => line.includes(text))
    expect(at('files written')).toBeGreaterThan(-1)
    expect(at('no longer fits')).toBeGreaterThan(at('files written'))
  })
})
