import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BUILD } from '../build/paths.ts'

const ROOT = join(import.meta.dirname, '../..')
const STAGE = join(BUILD, 'codegen/packages')

/** The workspace's packages as they are published: built, with the entry points of their `publishConfig`. */
export interface Staged {
  /** The program that `wsrv` starts. */
  readonly bin: string
  /** What a project that uses them has installed. */
  readonly nodeModules: string
}

/** Builds what a project with generated code installs, and lays it out as an installation does. */
export function stagePackages(): Staged {
  rmSync(STAGE, { recursive: true, force: true })
  for (const name of NAMES) stage(name)
  const nodeModules = join(STAGE, 'node_modules')
  mkdirSync(nodeModules)
  symlinkSync(STAGE, join(nodeModules, '@wsrv'))
  for (const name of ['typebox', 'typescript']) symlinkSync(join(ROOT, 'node_modules', name), join(nodeModules, name))
  return { bin: join(STAGE, 'cli/dist/bin.mjs'), nodeModules }
}

const NAMES = ['protocol', 'schema', 'client', 'server', 'codegen', 'testing', 'playground', 'cli'] as const

function stage(name: string): void {
  const [from, to] = [join(ROOT, 'packages', name), join(STAGE, name)]
  const { publishConfig, scripts, ...manifest } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as {
    readonly publishConfig: object
    readonly scripts: { readonly build: string }
  }
  // The playground's page, behind the `&&`, is not a part of the generator.
  const [command = '', ...words] = scripts.build.replace(/ && .*/, '').split(' ')
  const args = [...words, '--out-dir', join(to, 'dist'), '--logLevel', 'error']
  const { status } = spawnSync(join(ROOT, 'node_modules/.bin', command), args, { cwd: from, stdio: 'inherit' })
  if (status !== 0) throw new Error(`the build of ${name} ended with ${status}`)
  writeFileSync(join(to, 'package.json'), JSON.stringify({ ...manifest, ...publishConfig }, undefined, 2))
  linkDependencies(join(from, 'node_modules'), join(to, 'node_modules'))
}

/** Links what a package depends on: the workspace's own packages to their staged twins, the rest as it is installed. */
function linkDependencies(from: string, to: string): void {
  for (const dependency of installedIn(from)) {
    const target = dependency.startsWith('@wsrv/')
      ? join(STAGE, dependency.slice('@wsrv/'.length))
      : join(from, dependency)
    mkdirSync(dirname(join(to, dependency)), { recursive: true })
    symlinkSync(target, join(to, dependency))
  }
}

function installedIn(folder: string): readonly string[] {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((one) => `${name}/${one}`) : [name]))
}
