import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

const CONFIG =
  "export default { schema: 'schema.ts', client: 'web/client.ts', server: 'api/server.ts', handlers: 'api/handlers', docs: 'docs' }\n"
const SCHEMA = "import { command } from '@wsrv/schema'\nexport const ping = command({})\n"
const LEFT = 'an earlier run generated it, and the config names it no more. Delete it, or bring its path back.'

let project: TempProject
afterEach(() => project.delete())

/** Generates, then again with a changed config; the warnings of the second run. */
async function afterChange(change: (config: string) => string, config = CONFIG): Promise<readonly string[]> {
  project = createTempProject({ 'wsrv.config.ts': config, 'schema.ts': SCHEMA })
  expect((await project.run('codegen')).err).toEqual([])
  project.write('wsrv.config.ts', change(config))
  const { exitCode, err } = await project.run('codegen')
  expect([exitCode, err]).toEqual([0, err])
  return err
}

describe('an output whose path in the config changed', () => {
  it.each([
    ['a client', "'web/client.ts'", "'app/client.ts'", ['web/client.ts']],
    ['a server', "'api/server.ts'", "'api/ws/server.ts'", ['api/contract.ts', 'api/server.ts']],
    ['documents', "'docs'", "'documents'", ['docs/asyncapi-client.json', 'docs/asyncapi.json', 'docs/index.html']],
  ])('is reported, and kept: %s', async (_what, from, to, left) => {
    const warnings = await afterChange((config) => config.replace(from, to))
    expect(warnings).toEqual(left.map((path) => `warning ${path}: ${LEFT}`))
    expect(project.files()).toEqual(expect.arrayContaining(left))
    expect((await project.run('codegen', '--check')).err).toEqual(warnings)
  })

  it('is reported where the option is gone', async () => {
    expect(await afterChange((config) => config.replace("client: 'web/client.ts', ", ''))).toEqual([
      `warning web/client.ts: ${LEFT}`,
    ])
  })

  it('is reported in a project beside this one', async () => {
    project = createTempProject({
      'api/wsrv.config.ts': CONFIG.replace("'web/", "'../web/src/"),
      'api/schema.ts': SCHEMA,
    })
    await project.run('codegen', '-c', 'api/wsrv.config.ts')
    project.write('api/wsrv.config.ts', CONFIG.replace("'web/", "'../web/lib/"))
    expect((await project.run('codegen', '-c', 'api/wsrv.config.ts')).err).toEqual([
      `warning ../web/src/client.ts: ${LEFT}`,
    ])
  })

  it('is reported where handlers are left, which no server calls any more', async () => {
    expect(await afterChange((config) => config.replace("'api/handlers'", "'api/commands'"))).toEqual([
      'warning api/handlers/index.ts: it lists handlers, and the config names other ones. Move what is written here to the folder that it names, or bring the path back.',
    ])
  })
})

describe('no orphan is', () => {
  it('what `wsrv docs` writes where the config names no folder', async () => {
    project = createTempProject({ 'wsrv.config.ts': CONFIG.replace(", docs: 'docs'", ''), 'schema.ts': SCHEMA })
    await project.run('docs')
    expect((await project.run('codegen')).err).toEqual([])
  })

  it('what another config generates, a package brings or a build makes', async () => {
    project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema.ts': SCHEMA })
    await project.run('codegen')
    const text = project.read('web/client.ts')
    project.write('other/wsrv.config.ts', CONFIG)
    for (const folder of ['other', 'dist', 'web/build', '.cache']) project.write(`${folder}/client.ts`, text)
    expect((await project.run('codegen')).err).toEqual([])
  })

  it('what another contract of the config generates', async () => {
    const config = `export default { contracts: { a: { schema: 'schema.ts', client: 'a.ts' }, b: { schema: 'schema.ts', client: 'b.ts' } } }\n`
    expect(await afterChange((text) => text, config)).toEqual([])
    expect((await project.run('codegen', '--contract', 'a')).err).toEqual([])
  })
})
