import { chmodSync, lstatSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from './temp-project.ts'

const CONFIG =
  "export default { schema: 'schema.ts', client: 'client.ts', server: 'server.ts', handlers: 'handlers' }\n"
const SCHEMA = `import { command } from '@wsrv/schema'
export const ping = command({})
export const join = command({ cmd: 'chat.join' })
`
const MORE = `${SCHEMA}export const leave = command({ cmd: 'chat.leave' })\n`

let project: TempProject
beforeEach(() => {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema.ts': SCHEMA })
})
afterEach(() => project.delete())

/** Runs the generator, which must find nothing wrong; what it warned of. */
async function generate(...options: readonly string[]): Promise<readonly string[]> {
  const { exitCode, err } = await project.run('codegen', ...options)
  expect([exitCode, err]).toEqual([0, err])
  return err
}

/** Handlers on disk. */
function handlers(): readonly string[] {
  return project.files().filter((path) => path.startsWith('handlers/'))
}

describe('a file that the generator did not write', () => {
  it.each(['server.ts', 'client.ts', 'contract.ts'])(
    '%s is not replaced, and nothing else is written',
    async (path) => {
      project.write(path, 'export const precious = 1\n')
      const before = project.files()
      expect(await project.run('codegen')).toMatchObject({
        exitCode: 1,
        err: [
          `${path}: wsrv codegen did not write this file and would replace it. Expected another path in the config, or no file here.`,
          '1 problem',
        ],
      })
      expect(project.read(path)).toBe('export const precious = 1\n')
      expect(project.files()).toEqual(before)
    },
  )

  it.each(['asyncapi.json', 'index.html'])('docs/%s is not replaced either', async (path) => {
    project.write('wsrv.config.ts', CONFIG.replace('}', ", docs: 'docs' }"))
    await generate()
    await generate()
    project.write(`docs/${path}`, '<p>Mine.')
    expect((await project.run('codegen')).exitCode).toBe(1)
    expect(project.read(`docs/${path}`)).toBe('<p>Mine.')
  })
})

describe('a change of the contract', () => {
  it.each([
    ['a byte order mark', '\uFEFF', '\n', '  '],
    ['a mark, CRLF and tabs', '\uFEFF', '\r\n', '\t'],
  ])('leaves %s in the handler index and in a renamed handler', async (_, mark, end, step) => {
    await generate()
    const restyle = (path: string): string => {
      const text = mark + project.read(path).replaceAll('\n', end).replaceAll('  ', step)
      project.write(path, text)
      return text
    }
    const index = restyle('handlers/index.ts')
    const ping = restyle('handlers/ping.ts').replace('not implement', 'by hand')
    project.write('handlers/ping.ts', ping)
    project.write('schema.ts', MORE.replace('ping = command({})', "pong = command({ renamedFrom: 'ping' })"))
    await generate()
    const leave = `${end}import { chatLeave } from './chat-leave.ts'`
    expect(project.read('handlers/index.ts')).toBe(
      index
        .replace(/(import \{ chatJoin \}.*?ts')/, `$1${leave}`)
        .replace("{ ping } from './ping.ts'", "{ pong } from './pong.ts'")
        .replace(`${step}ping,`, `${step}'chat.leave': chatLeave,${end}${step}pong,`),
    )
    expect(project.read('handlers/pong.ts')).toBe(
      ping.replace("ping = defineHandler('ping'", "pong = defineHandler('pong'"),
    )
  })

  it('writes imports as the index has them', async () => {
    await generate()
    const index = project.read('handlers/index.ts').replaceAll(/import (.*) from '(.*)'/g, 'import $1 from "$2";')
    project.write('handlers/index.ts', index)
    project.write('schema.ts', MORE)
    await generate()
    expect(project.read('handlers/index.ts')).toContain('\nimport { chatLeave } from "./chat-leave.ts";\n')
  })

  it('keeps the mode of a file, and a link to it', async () => {
    await generate()
    project.write('real/client.ts', project.read('client.ts'))
    project.remove('client.ts')
    symlinkSync(join(project.root, 'real/client.ts'), join(project.root, 'client.ts'))
    chmodSync(join(project.root, 'real/client.ts'), 0o600)
    project.write('schema.ts', MORE)
    await generate()
    expect(lstatSync(join(project.root, 'client.ts')).isSymbolicLink()).toBe(true)
    expect(statSync(join(project.root, 'real/client.ts')).mode & 0o777).toBe(0o600)
    expect(project.read('real/client.ts')).toContain('leave')
  })
})

describe('a checkout with CRLF', () => {
  it('is not stale, and what is written into it ends its lines alike', async () => {
    await generate()
    for (const path of ['client.ts', 'server.ts', 'contract.ts', ...handlers()])
      project.write(path, project.read(path).replaceAll('\n', '\r\n'))
    expect((await project.run('codegen', '--check')).out).toEqual(['8 files up to date'])
    project.write('schema.ts', MORE)
    await generate()
    expect(project.read('client.ts').replaceAll('\r\n', '')).not.toContain('\n')
  })
})

const HANDLER = (name: string, cmd: string, depth = '..'): string =>
  `import { defineHandler } from '${depth}/server.ts'\n\nexport const ${name} = defineHandler('${cmd}', () => ({}))\n`

describe('handlers that are not where the generator would put them', () => {
  beforeEach(() => generate())

  it('are found in a folder', async () => {
    project.remove('handlers/chat-join.ts')
    project.write('handlers/chat/join.ts', HANDLER('chatJoin', 'chat.join', '../..'))
    project.write('handlers/index.ts', project.read('handlers/index.ts').replace('./chat-join.ts', './chat/join.ts'))
    const before = handlers()
    expect(await generate()).toEqual([])
    expect(handlers()).toEqual(before)
  })

  it('are found several in a file, and listed from there', async () => {
    project.remove('handlers/chat-join.ts')
    const index = project.read('handlers/index.ts')
    project.write('handlers/index.ts', index.replace(/.*chatJoin.*\n/g, ''))
    const typed = "export const enter: Handler<'chat.join'> = () => ({})\n"
    project.write('handlers/chat.ts', typed + HANDLER('leave', 'chat.leave'))
    project.write('schema.ts', MORE)
    expect(await generate()).toEqual([])
    expect(handlers()).not.toContain('handlers/chat-join.ts')
    expect(handlers()).not.toContain('handlers/chat-leave.ts')
    expect(project.read('handlers/index.ts')).toContain("'chat.join': enter,\n  'chat.leave': leave,\n")
    expect(project.read('handlers/index.ts')).toContain("import { enter } from './chat.ts'")
  })

  it('are renamed where they are', async () => {
    project.remove('handlers/chat-join.ts')
    project.write('handlers/chat/all.ts', HANDLER('chatJoin', 'chat.join', '../..'))
    project.write('handlers/index.ts', project.read('handlers/index.ts').replace('./chat-join.ts', './chat/all.ts'))
    const renamed = SCHEMA.replace("{ cmd: 'chat.join' }", "{ cmd: 'chat.enter', renamedFrom: 'chat.join' }")
    project.write('schema.ts', renamed)
    const before = handlers()
    expect(await generate()).toEqual([])
    expect(handlers()).toEqual(before)
    expect(project.read('handlers/chat/all.ts')).toBe(HANDLER('chatEnter', 'chat.enter', '../..'))
    expect(project.read('handlers/index.ts')).toContain("import { chatEnter } from './chat/all.ts'")
    expect(project.read('handlers/index.ts')).toContain("'chat.enter': chatEnter,")
  })

  it('are warned about there when their command is gone', async () => {
    project.write('handlers/old/gone.ts', HANDLER('gone', 'gone', '../..'))
    expect(await generate()).toEqual([
      expect.stringMatching(/^warning handlers\/old\/gone\.ts:3:35: it handles "gone"/),
    ])
  })
})

describe('an emitter that fails', () => {
  it('does not keep the others from writing', async () => {
    const broken = "emitters: [{ name: 'mine', emit: () => { throw new Error('no') } }]"
    project.write('wsrv.config.ts', CONFIG.replace('}', `, ${broken} }`))
    const { exitCode, err } = await project.run('codegen')
    expect([exitCode, err[0]]).toEqual([1, 'wsrv.config.ts: the emitter "mine" threw Error: no.'])
    expect(project.files()).toContain('client.ts')
    expect((await project.run('codegen', '--check')).exitCode).toBe(1)
  })
})
