import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

let project: TempProject
beforeEach(() => {
  project = createTempProject({
    'wsrv.config.ts': "export default { schema: 'schema/*.ts', server: 'generated/server.ts', handlers: 'handlers' }\n",
    'schema/a.ts': "import { command } from '@wsrv/schema'\nexport const a = command({})\n",
  })
})
afterEach(() => project.delete())

/** Runs a command that says all in one object on standard output. */
async function report(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { exitCode, out, err } = await project.run(...args, '--json')
  expect(err).toEqual([])
  const said = JSON.parse(out.join('\n'))
  expect(said).toMatchObject({ exitCode, ok: exitCode === 0 })
  return said
}

describe('--json', () => {
  it('of codegen tells files and warnings', async () => {
    expect(await report('codegen')).toEqual({
      ok: true,
      exitCode: 0,
      problems: [],
      warnings: [],
      files: [
        'generated/contract.ts',
        'generated/server.ts',
        'handlers/a.ts',
        'handlers/index.ts',
        'handlers/session.ts',
        'handlers/context.ts',
      ].map((path) => ({ path, change: 'created' })),
    })
    project.write('schema/a.ts', "import { command } from '@wsrv/schema'\nexport const b = command({})\n")
    expect(await report('codegen')).toMatchObject({
      warnings: [{ file: 'handlers/a.ts', message: expect.stringContaining('"a"') }],
      files: expect.arrayContaining([{ path: 'handlers/index.ts', change: 'changed' }]),
    })
  })

  it('of codegen --check tells what is stale and missing', async () => {
    await report('codegen')
    expect(await report('codegen', '--check')).toMatchObject({ ok: true, files: [] })
    project.write('generated/server.ts', '')
    project.remove('handlers/a.ts')
    expect(await report('codegen', '--check')).toMatchObject({
      ok: false,
      exitCode: 1,
      files: [
        { path: 'generated/server.ts', change: 'stale' },
        { path: 'handlers/a.ts', change: 'missing' },
      ],
    })
  })

  it('of a problem tells its place', async () => {
    project.write('schema/a.ts', 'export const = 1\n')
    expect(await report('codegen')).toMatchObject({
      problems: [{ file: 'schema/a.ts', line: 1, column: 14, message: expect.any(String) }],
    })
  })

  it('of lock and docs tells files', async () => {
    expect(await report('lock')).toMatchObject({ files: [{ path: 'wsrv.lock.json', change: 'created' }] })
    expect(await report('lock')).toMatchObject({ files: [] })
    expect(await report('docs')).toMatchObject({
      files: [
        { path: 'docs/api/asyncapi.json', change: 'created' },
        { path: 'docs/api/asyncapi-client.json', change: 'created' },
        { path: 'docs/api/index.html', change: 'created' },
      ],
    })
  })

  it('of init tells files and what to do next', async () => {
    project.remove('wsrv.config.ts')
    const { files, next } = await report('init', '--no-install')
    expect(files).toContainEqual({ path: 'wsrv.config.ts', change: 'created' })
    expect(next).toEqual([
      { command: expect.stringContaining('run test'), does: expect.any(String) },
      { command: expect.stringContaining('run start'), does: expect.any(String) },
    ])
  })
})
