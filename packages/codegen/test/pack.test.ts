import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTempProject, ROOT } from './temp-project.ts'

const PACKAGE = join(ROOT, 'packages/codegen')
let folder: string

/** Builds the package as it is published, beside the workspace's modules. */
beforeAll(() => {
  const fixtures = join(ROOT, 'test/fixtures')
  mkdirSync(fixtures, { recursive: true })
  folder = mkdtempSync(join(fixtures, 'pack-'))
  for (const name of ['package.json', 'templates']) cpSync(join(PACKAGE, name), join(folder, name), { recursive: true })
  symlinkSync(join(PACKAGE, 'node_modules'), join(folder, 'node_modules'))
  const build: string = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).scripts.build
  const command = `${build.replace('tsdown', join(ROOT, 'node_modules/.bin/tsdown'))} --out-dir ${join(folder, 'dist')}`
  const built = spawnSync('sh', ['-c', command], { cwd: PACKAGE, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('the published package', () => {
  it('holds the program, its types and every template', { timeout: 60_000 }, () => {
    const { publishConfig } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json'], { cwd: folder, encoding: 'utf8' })
    const packed: readonly string[] = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path)
    const templates = readdirSync(join(PACKAGE, 'templates'), { recursive: true, encoding: 'utf8' })
    const named = [
      publishConfig.bin.wsrv,
      ...Object.values<Record<string, string>>(publishConfig.exports).flatMap((one) => Object.values(one)),
    ]
    expect(packed).toEqual(
      expect.arrayContaining([
        ...templates.filter((path) => path.endsWith('.template')).map((path) => `templates/${path}`),
        ...named.map((path: string) => path.replace('./', '')),
      ]),
    )
    expect(packed.filter((path) => /^(src|test)\//.test(path))).toEqual([])
  })

  it('begins a project, generates, and edits its config', { timeout: 60_000 }, () => {
    const bin = join(folder, 'dist/bin.mjs')
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    const project = createTempProject({})
    // The packages that it imports are TypeScript here, hence tsx.
    const run = (...args: readonly string[]) => {
      return spawnSync(process.execPath, ['--import', 'tsx', bin, ...args], { cwd: project.root, encoding: 'utf8' })
    }
    try {
      expect(run('init')).toMatchObject({ status: 0, stderr: '' })
      expect(run('codegen')).toMatchObject({ status: 0, stderr: '' })
      expect(run('lock')).toMatchObject({ status: 0, stderr: '' })
      const schema = project.read('schema/greetings.ts')
      project.write('schema/greetings.ts', schema.replace('minLength: 1', 'minLength: 2'))
      expect(run('diff')).toMatchObject({ status: 1, stderr: '' })
      expect(run('diff', '--allow', 'hello#/request/name', '--reason', 'None is so short.')).toMatchObject({
        status: 0,
      })
      expect(project.read('wsrv.config.ts')).toContain("    'hello#/request/name': 'None is so short.',\n")
    } finally {
      project.delete()
    }
  })
})
