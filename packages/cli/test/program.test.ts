import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, ROOT, type TempProject } from '../../codegen/test/temp-project.ts'

const BIN = join(ROOT, 'packages/cli/src/bin.ts')
const CONFIG = "export default { schema: 'schema.ts', client: 'client.ts' }\n"
const SCHEMA = "import { command } from '@wsrv/schema'\nexport const ping = command({})\n"

let project: TempProject
afterEach(() => project.delete())

/** Runs the program in a project whose schema file says something more; it must end by itself. */
function run(more: string) {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema.ts': SCHEMA + more })
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', BIN, 'codegen'], {
    ...{ cwd: project.root, encoding: 'utf8', timeout: 60_000 },
  })
  return { status, signal, stdout, stderr }
}

describe('the program', { timeout: 70_000 }, () => {
  it.each([
    ['a timer', 'setInterval(() => {}, 1_000)'],
    ['a server', "import { createServer } from 'node:net'\ncreateServer().listen(0)"],
  ])('ends though a schema file opened %s', (_, more) => {
    expect(run(more)).toMatchObject({ status: 0, signal: null, stdout: expect.stringContaining('created client.ts') })
  })

  it.each([
    [
      'ends the process',
      'process.exit(0)',
      /^schema\.ts:3:9: it calls process\.exit\(0\) while loading\. Expected a module that only declares\.\n1 problem\n$/,
    ],
    [
      'waits for ever',
      'await new Promise(() => {})',
      /^schema\.ts: it did not finish loading within 10 s\. Expected a module that only declares\.\n1 problem\n$/,
    ],
  ])('says so of a schema file that %s', (_, more, said) => {
    const { status, stderr } = run(more)
    expect(stderr).toMatch(said)
    expect(status).toBe(1)
  })

  it('writes all files though nobody reads what it says', async () => {
    project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema.ts': SCHEMA })
    const child = spawn(process.execPath, ['--import', 'tsx', BIN, 'codegen'], { cwd: project.root })
    child.stdout.destroy()
    let said = ''
    child.stderr.on('data', (data) => {
      said += data
    })
    const [status] = await once(child, 'exit')
    expect({ status, said }).toEqual({ status: 0, said: '' })
    expect(project.files()).toContain('client.ts')
  })

  it('leaves nothing behind when it is interrupted', async () => {
    const areas = Array.from({ length: 300 }, (_, index) => `export const c${index} = command({ cmd: 'a.c${index}' })`)
    project = createTempProject({
      'wsrv.config.ts': CONFIG.replace('client:', "server: 'server.ts', handlers: 'handlers', client:"),
      'schema.ts': [SCHEMA, ...areas].join('\n'),
    })
    for (let moment = 0; moment < 5; moment++) {
      const child = spawn(process.execPath, ['--import', 'tsx', BIN, 'codegen'], { cwd: project.root, stdio: 'ignore' })
      setTimeout(() => child.kill('SIGINT'), 600 + 150 * moment)
      await once(child, 'exit')
      const files = project.files()
      expect(files.filter((path) => path.includes('.wsrv-'))).toEqual([])
      // All of them, or none.
      expect([4, 4 + 306]).toContain(files.length + 1)
    }
  })
})
