import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTempProject, ROOT } from '../../codegen/test/temp-project.ts'

const NAMES = ['cli', 'codegen'] as const
let folder: string

/** Builds the packages as they are published, each beside the modules that it depends on. */
beforeAll(() => {
  const fixtures = join(ROOT, 'test/fixtures')
  mkdirSync(fixtures, { recursive: true })
  folder = mkdtempSync(join(fixtures, 'pack-'))
  for (const name of NAMES) buildPackage(name)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

function buildPackage(name: string): void {
  const source = join(ROOT, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const target = join(folder, name)
  mkdirSync(target)
  writeFileSync(join(target, 'package.json'), JSON.stringify({ ...manifest, ...manifest.publishConfig }))
  if (existsSync(join(source, 'templates')))
    cpSync(join(source, 'templates'), join(target, 'templates'), { recursive: true })
  for (const dependency of Object.keys(manifest.dependencies)) {
    const link = join(target, 'node_modules', dependency)
    mkdirSync(dirname(link), { recursive: true })
    const isBuilt = dependency === '@wsrv/codegen'
    symlinkSync(isBuilt ? join(folder, 'codegen') : join(source, 'node_modules', dependency), link)
  }
  const command = `${manifest.scripts.build.replace('tsdown', join(ROOT, 'node_modules/.bin/tsdown'))} --out-dir ${join(target, 'dist')}`
  const built = spawnSync('sh', ['-c', command], { cwd: source, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`)
}

function packedFiles(name: string): readonly string[] {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json'], { cwd: join(folder, name), encoding: 'utf8' })
  return JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path)
}

describe('the published packages', () => {
  it.each(NAMES)('of %s hold what their manifest names, and no source', { timeout: 60_000 }, (name) => {
    const { bin = {}, exports } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'))
    const named = [
      ...Object.values<string>(bin),
      ...Object.values<Record<string, string>>(exports).flatMap((one) => Object.values(one)),
    ]
    const packed = packedFiles(name)
    expect(packed).toEqual(expect.arrayContaining(named.map((path) => path.replace('./', ''))))
    expect(packed.filter((path) => /^(src|test)\//.test(path))).toEqual([])
  })

  it('of codegen hold every template', { timeout: 60_000 }, () => {
    const templates = readdirSync(join(ROOT, 'packages/codegen/templates'), { recursive: true, encoding: 'utf8' })
    const files = templates.filter((path) => path.endsWith('.template')).map((path) => `templates/${path}`)
    expect(packedFiles('codegen')).toEqual(expect.arrayContaining(files))
  })

  it('begins a project, generates, and edits its config', { timeout: 60_000 }, () => {
    const bin = join(folder, 'cli/dist/bin.mjs')
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    const project = createTempProject({})
    // The packages that it imports are TypeScript here, hence tsx.
    const run = (...args: readonly string[]) => {
      return spawnSync(process.execPath, ['--import', 'tsx', bin, ...args], { cwd: project.root, encoding: 'utf8' })
    }
    try {
      expect(run('init', '--no-install')).toMatchObject({ status: 0, stderr: '' })
      expect(run('codegen')).toMatchObject({ status: 0, stderr: '' })
      expect(run('lock')).toMatchObject({ status: 0, stderr: '' })
      const schema = project.read('src/wsrv/schema/greetings.ts')
      project.write('src/wsrv/schema/greetings.ts', schema.replace('minLength: 1', 'minLength: 2'))
      expect(run('diff')).toMatchObject({ status: 1, stderr: '' })
      const allow = ['--allow', 'hello#/request/name', '--release', '2.0', '--reason', 'None is so short.']
      expect(run('diff', ...allow)).toMatchObject({ status: 0 })
      expect(project.read('wsrv.config.ts')).toContain("reason: 'None is so short.'")
    } finally {
      project.delete()
    }
  })
})
