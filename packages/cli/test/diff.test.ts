import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

const CONFIG = "export default { schema: 'schema/*.ts', client: 'generated/client.ts' }\n"
const schema = (maximum: number, more = ''): string => `import { command } from '@wsrv/schema'
const limit = { type: 'integer', maximum: ${maximum} }
export const list = command({ request: { type: 'object', properties: { limit } }${more} })
`

let project: TempProject
beforeEach(() => {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema/list.ts': schema(100) })
})
afterEach(() => project.delete())

const BREAKING = [
  'BREAKING list#/request/limit',
  '  maximum 100 → maximum 10',
  '  Breaks a deployed client. Deployed clients still send what was accepted',
  '  before, and get 400. Keep accepting it, or declare a new command.',
  '1 change: 1 BREAKING, 0 REVIEW, 0 SAFE, 0 allowed',
]

describe('wsrv lock', () => {
  it('remembers the contract, the same bytes each time', async () => {
    expect(await project.run('lock')).toEqual({ exitCode: 0, out: ['wrote wsrv.lock.json'], err: [] })
    const first = project.read('wsrv.lock.json')
    await project.run('lock')
    expect(project.read('wsrv.lock.json')).toBe(first)
    expect(Object.keys(JSON.parse(first))).toEqual(['lockVersion', 'hashes', 'contract'])
  })
})

describe('wsrv diff', () => {
  it('says that nothing changed', async () => {
    await project.run('lock')
    expect(await project.run('diff')).toEqual({ exitCode: 0, out: ['The contract has not changed.'], err: [] })
  })

  it('exits 1 for a change that breaks deployed peers, and says whom, why and what to do', async () => {
    await project.run('lock')
    project.write('schema/list.ts', schema(10))
    expect(await project.run('diff')).toEqual({ exitCode: 1, out: BREAKING, err: [] })
  })

  it('exits 3 for a change that a person should look at', async () => {
    project.write('schema/list.ts', schema(100, ', idempotent: true'))
    await project.run('lock')
    project.write('schema/list.ts', schema(100))
    expect((await project.run('diff')).exitCode).toBe(3)
  })

  it('exits 0 for a safe change', async () => {
    await project.run('lock')
    project.write('schema/list.ts', schema(1_000))
    expect((await project.run('diff')).out).toEqual([
      'SAFE list#/request/limit',
      '  maximum 100 → maximum 1000',
      '  Deploy servers first: a new client may fail at a server that is not there yet.',
      '1 change: 0 BREAKING, 0 REVIEW, 1 SAFE, 0 allowed',
    ])
  })

  it('lets pass what the config allows, with its reason', async () => {
    await project.run('lock')
    project.write('schema/list.ts', schema(10))
    const pinned = "change: 'list#/request/limit', severity: 'BREAKING', before: 'maximum 100', after: 'maximum 10'"
    const allow = `[{ ${pinned}, release: '2.0', reason: 'No client ever asked for more than 10.' }]`
    project.write('wsrv.config.ts', CONFIG.replace(' }', `, allow: ${allow} }`))
    expect(await project.run('diff')).toEqual({
      exitCode: 0,
      out: [
        'ALLOWED list#/request/limit',
        '  maximum 100 → maximum 10',
        '  No client ever asked for more than 10.',
        '1 change: 0 BREAKING, 0 REVIEW, 0 SAFE, 1 allowed',
      ],
      err: [],
    })
  })

  it('compares with a commit, and leaves no trace', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-C', project.root, ...args], { stdio: 'pipe' })
    project.write('.gitignore', 'node_modules\n')
    git('init', '-q')
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'first')
    project.write('schema/list.ts', schema(10))
    const before = project.files()
    expect(await project.run('diff', '--against', 'HEAD')).toEqual({ exitCode: 1, out: BREAKING, err: [] })
    expect(project.files()).toEqual(before)
    expect(String(git('status', '--short'))).toBe(' M schema/list.ts\n')
  })

  it('compares with a commit whole: packages of the workspace are what they were then', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-C', project.root, ...args], { stdio: 'pipe' })
    const shared = (type: string): string => `export const id = { type: '${type}' }\n`
    project.write('.gitignore', 'node_modules\n')
    project.write('packages/shared/package.json', '{ "name": "shared", "type": "module", "exports": "./index.ts" }\n')
    project.write('packages/shared/index.ts', shared('string'))
    project.write('apps/api/package.json', '{ "type": "module" }\n')
    project.write('apps/api/wsrv.config.ts', CONFIG)
    project.write(
      'apps/api/schema/get.ts',
      `import { command } from '@wsrv/schema'
import { id } from 'shared'
export const get = command({ request: { type: 'object', properties: { id } } })
`,
    )
    mkdirSync(join(project.root, 'apps/api/node_modules'))
    symlinkSync('../../../packages/shared', join(project.root, 'apps/api/node_modules/shared'))
    git('init', '-q')
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'first')
    project.write('packages/shared/index.ts', shared('integer'))
    const { exitCode, out } = await project.run('diff', '-c', 'apps/api/wsrv.config.ts', '--against', 'HEAD')
    expect([exitCode, out[0], out[1]]).toEqual([1, 'BREAKING get#/request/id', '  string → integer'])
    expect(String(git('status', '--short'))).toBe(' M packages/shared/index.ts\n')
  })

  it('compares with several releases, and prints what other programs read', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-C', project.root, ...args], { stdio: 'pipe' })
    const commit = (tag: string): void => {
      git('add', '.')
      git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', tag)
      git('tag', tag)
    }
    project.write('.gitignore', 'node_modules\n')
    git('init', '-q')
    commit('v1')
    project.write('schema/list.ts', schema(50))
    commit('v2')
    const both = await project.run('diff', '--against', 'v1,v2')
    expect([both.exitCode, both.out[0], both.out[1]]).toEqual([
      1,
      'BREAKING list#/request/limit',
      '  maximum 100 → maximum 50 (since v1)',
    ])
    const markdown = await project.run('diff', '--against', 'v1', '--format', 'markdown')
    expect(markdown.out[2]).toMatch(/^\| BREAKING \| `list#\/request\/limit` \| maximum 100 → maximum 50\. /)
    const github = await project.run('diff', '--against', 'v1', '--format', 'github')
    expect(github.out[0]).toMatch(/^::error file=wsrv\.config\.ts,title=BREAKING list#\/request\/limit::maximum 100 → /)
    const sarif = await project.run('diff', '--against', 'v1', '--format', 'sarif')
    expect(sarif.exitCode).toBe(1)
    const { version, runs } = JSON.parse(sarif.out.join('\n'))
    expect([version, runs[0].results[0].ruleId, runs[0].results[0].level]).toEqual(['2.1.0', 'BREAKING', 'error'])
    const wrong = await project.run('diff', '--against', 'v1', '--format', 'html')
    expect([wrong.exitCode, wrong.err[0]]).toEqual([2, expect.stringContaining('markdown, github, sarif')])
  })

  it('says what was wrong with the commit, as git names its files', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-C', project.root, ...args], { stdio: 'pipe' })
    project.write('.gitignore', 'node_modules\n')
    project.write('schema/list.ts', 'export const {\n')
    git('init', '-q')
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'first')
    git('tag', 'v1')
    project.write('schema/list.ts', schema(10))
    const { exitCode, err } = await project.run('diff', '--against', 'v1')
    expect(exitCode).toBe(2)
    expect(err[0]).toMatch(/^v1:schema\/list\.ts:\d+:\d+: /)
    expect((await project.run('diff', '--against', 'v2')).err[0]).toBe(
      'v2: it is neither a file nor a commit that git knows. Expected a lock file, or a commit, branch or tag.',
    )
  })

  it('prints JSON for machines', async () => {
    await project.run('lock')
    project.write('schema/list.ts', schema(10))
    const { out } = await project.run('diff', '--json')
    expect(JSON.parse(out.join('\n'))).toEqual({
      ok: false,
      exitCode: 1,
      problems: [],
      warnings: [],
      files: [],
      changes: [
        {
          id: 'list#/request/limit',
          severity: 'BREAKING',
          cmd: 'list',
          path: '/request/limit',
          before: 'maximum 100',
          after: 'maximum 10',
          breaks: ['deployed client'],
          suggestion: expect.stringContaining('400'),
        },
      ],
    })
  })
})
