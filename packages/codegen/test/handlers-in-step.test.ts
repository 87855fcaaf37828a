import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from './temp-project.ts'

const CONFIG = "export default { schema: 'schema.ts', server: 'server.ts', handlers: 'handlers' }\n"
const SCHEMA = `import { command } from '@wsrv/schema'
export const ping = command({})
export const info = command({ cmd: 'user.info' })
`
const stub = (name: string, cmd: string): string =>
  `import { defineHandler } from '../server.ts'\n\nexport const ${name} = defineHandler('${cmd}', () => ({}))\n`

let project: TempProject
beforeEach(async () => {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema.ts': SCHEMA })
  await project.run('codegen')
})
afterEach(() => project.delete())

/** What a run says of the handlers. */
async function warnings(): Promise<readonly string[]> {
  const { exitCode, err } = await project.run('codegen')
  expect(exitCode).toBe(0)
  return err
}

describe('a handler out of step', () => {
  it('handles another command than the index says', async () => {
    project.write('handlers/ping.ts', stub('ping', 'user.info'))
    expect(await warnings()).toEqual([
      'warning handlers/ping.ts:3:35: it handles "user.info", but handlers/index.ts lists it as "ping". Expected one command in both.',
    ])
  })

  it('does not export what the index imports', async () => {
    project.write('handlers/ping.ts', `// export const ping = 1\n${stub('pong', 'ping')}`)
    expect(await warnings()).toEqual([
      'warning handlers/ping.ts:4:35: it does not export "ping", which handlers/index.ts imports. Expected export const ping = defineHandler(…).',
    ])
    project.write('handlers/ping.ts', '// later\n')
    expect(await warnings()).toEqual([
      expect.stringMatching(/^warning handlers\/ping\.ts:1:1: it does not export "ping"/),
    ])
  })

  it('was deleted with its command, and the index imports it still', async () => {
    project.write('schema.ts', SCHEMA.replace(/.*user\.info.*/, ''))
    project.remove('handlers/user-info.ts')
    expect(await warnings()).toEqual([
      'warning handlers/index.ts:3:10: it imports "userInfo" from "./user-info.ts", which does not exist. Remove the import and its uses.',
    ])
  })

  it('handles a command that is gone, among others in its file', async () => {
    project.write(
      'handlers/more.ts',
      `${stub('one', 'ping')}/* defineHandler('no', f) */ export const two = defineHandler( "gone" , f)\n`,
    )
    expect(await warnings()).toEqual([
      'warning handlers/more.ts:4:64: it handles "gone", which the contract does not have. Delete it, or bring the command back; if it was renamed, add renamedFrom: \'gone\' to the renamed command.',
    ])
  })
})

describe('a handler in step', () => {
  it.each([
    ['listed through a wrapper', stub('ping', 'ping'), '  ping: locked(ping),'],
    ['under a name of its own', stub('pong', 'ping'), '  ping: pong,', "import { pong } from './ping.ts'"],
    [
      'under another name in the index',
      stub('ping', 'ping'),
      '  ping: p,',
      "import { type X, ping as p } from './ping.ts'",
    ],
    ['exported in a list', `${stub('ping', 'ping').replace('export const', 'const')}export { a, ping }\n`, '  ping,'],
    ['exported as a function', 'export async function ping() {}\n', '  ping,'],
    ['exported from elsewhere', "export * from './elsewhere.ts'\n", '  ping,'],
    ['that handles nothing by defineHandler', 'export const ping = make()\n', '  "ping": ping, // as it is'],
  ])('%s is not mentioned', async (_how, text, line, imported = "import { ping } from './ping.ts'") => {
    const index = project.read('handlers/index.ts')
    project.write('handlers/ping.ts', text)
    const edited = index.replace('  ping,', line).replace("import { ping } from './ping.ts'", imported)
    project.write('handlers/index.ts', edited)
    expect(await warnings()).toEqual([])
    expect(project.read('handlers/index.ts')).toBe(edited)
  })
})
