import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

const CONFIG = `export default {
  schema: 'schema/*.ts',
  client: 'src/client.ts',
  server: 'src/server.ts',
}
`
const ALLOWED =
  "{ change: 'ping#/request/a', severity: 'BREAKING', before: 'x', after: 'y', release: '1.0', reason: 'None sends it.' }"
const SCHEMA = "import { command } from '@wsrv/schema'\nexport const ping = command({})\n"
const TSCONFIG = { compilerOptions: { module: 'NodeNext', allowImportingTsExtensions: true, noEmit: true } }

let project: TempProject
afterEach(() => project.delete())

/** A project in which all is well, but for what is changed of it. */
async function createProject(files: Readonly<Record<string, string>> = {}): Promise<TempProject> {
  project = createTempProject({
    'wsrv.config.ts': CONFIG,
    'schema/all.ts': SCHEMA,
    'tsconfig.json': JSON.stringify(TSCONFIG),
    ...files,
  })
  await project.run('codegen')
  await project.run('lock')
  return project
}

describe('wsrv doctor', () => {
  it('finds nothing where all is well, and writes nothing', async () => {
    const { run, files } = await createProject()
    const before = files()
    expect(await run('doctor')).toEqual({
      exitCode: 0,
      out: ['schema', 'generated files', 'files left behind', 'tsconfig', 'lock file and allowed changes'].map(
        (of) => `ok      ${of}`,
      ),
      err: [],
    })
    expect(files()).toEqual(before)
  })

  it('finds files that are stale, missing or left behind', async () => {
    const { run, write, remove, read } = await createProject()
    write('old/client.ts', read('src/client.ts'))
    remove('src/contract.ts')
    write('src/client.ts', read('src/client.ts').replace('ping', 'pong'))
    const { exitCode, err, out } = await run('doctor')
    expect([exitCode, ...err]).toEqual([
      1,
      expect.stringMatching(/^warning old\/client\.ts: an earlier run generated it/),
      'src/client.ts: it is not what the schema says. Run `wsrv codegen`.',
      'src/contract.ts: there is no such file. Run `wsrv codegen`.',
      '2 problems',
    ])
    expect(out.slice(1, 3)).toEqual(['wrong   generated files', 'look at files left behind'])
  })

  it.each([
    ['has an error', { extends: './none.json' }, /^tsconfig\.json: .*none\.json/],
    ['has no room for the files', { ...TSCONFIG, include: ['app'] }, /^src\/client\.ts: no tsconfig\.json above it/],
    [
      'wants another extension',
      { compilerOptions: { module: 'NodeNext' } },
      /^tsconfig\.json: .*src\/client\.ts .*"ts".* importExtension: 'js' in the config, or allowImportingTsExtensions/,
    ],
    [
      'wants types of handlers',
      { compilerOptions: { ...TSCONFIG.compilerOptions, isolatedDeclarations: true, declaration: true } },
      /^tsconfig\.json: it has isolatedDeclarations/,
    ],
  ])('finds a tsconfig that %s', async (_what, tsconfig, message) => {
    const { run } = await createProject({ 'tsconfig.json': JSON.stringify(tsconfig) })
    const { exitCode, err } = await run('doctor')
    expect([exitCode, err[0]]).toEqual([1, expect.stringMatching(message)])
  })

  it('takes a tsconfig that another one refers to', async () => {
    const { run } = await createProject({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './tsconfig.app.json' }] }),
      'tsconfig.app.json': JSON.stringify({ ...TSCONFIG, include: ['src'] }),
    })
    expect(await run('doctor')).toMatchObject({ exitCode: 0, err: [] })
  })

  it('finds what is wrong with the lock file, and allowed changes that are spent', async () => {
    const { run, write, remove } = await createProject()
    write('wsrv.config.ts', CONFIG.replace("server.ts',", `server.ts',\n  allow: [${ALLOWED}],`))
    expect((await run('doctor')).err).toEqual([
      expect.stringMatching(
        /^warning wsrv\.config\.ts: allow has "ping#\/request\/a" for release 1\.0, which no change has any more/,
      ),
    ])
    write('wsrv.lock.json', '{ "lockVersion": 99 }')
    expect(await run('doctor')).toMatchObject({
      exitCode: 1,
      err: [expect.stringMatching(/^wsrv\.lock\.json: a newer wsrv wrote it/), '1 problem'],
    })
    remove('wsrv.lock.json')
    expect((await run('doctor')).err).toEqual([expect.stringMatching(/^warning wsrv\.lock\.json: there is none/)])
  })

  it('says first what is wrong with the schema', async () => {
    const { run, write } = await createProject()
    write('schema/all.ts', SCHEMA.replace('({})', '({ params: ["uid"] })'))
    const { exitCode, out } = await run('doctor')
    expect([exitCode, ...out]).toEqual([1, 'wrong   schema', 'ok      tsconfig'])
  })
})
