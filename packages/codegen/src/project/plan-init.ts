import { CONFIG_FILE } from '../config/config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { VERSION } from '../version.ts'
import type { Disk } from '../write/disk.ts'
import type { Write } from '../write/plan-writes.ts'

/** What `wsrv init` will do to a folder. */
export interface InitPlan {
  readonly writes: readonly Write[]
  /** Files that were there already and stay as they are. */
  readonly kept: readonly string[]
  /** Commands to type next, each with what it does. */
  readonly next: readonly (readonly [command: string, does: string])[]
  /** Lines that attach the API to a server which the project has; none in a project without one. */
  readonly attach: readonly string[]
}

/** Where a project is started. */
export interface InitContext {
  readonly disk: Disk
  /** How the running package manager names itself: `pnpm/10.0.0 …`; empty when none runs. */
  readonly userAgent: string
}

/** Plans the first files of a project; what exists stays, and its package.json only gains what it lacks. */
export function planInit(
  initFiles: Readonly<Record<string, string>>,
  { disk, userAgent }: InitContext,
): InitPlan | { readonly diagnostics: readonly Diagnostic[] } {
  const text = disk.read('package.json')
  const manifest = parseManifest(text)
  const config = disk.read(CONFIG_FILE)
  if (config !== undefined && config !== initFiles[CONFIG_FILE]) return refuse(CONFIG_FILE, HAS_CONFIG)
  if (manifest === undefined) return refuse('package.json', NO_MANIFEST)
  const paths = Object.keys(initFiles)
  const kept = paths.filter((path) => disk.read(path) !== undefined)
  const files = paths
    .filter((path) => !kept.includes(path))
    .map((path): Write => ({ path, text: initFiles[path] as string, change: 'created' }))
  const { write, names } = planManifest(manifest, text)
  const manager = findManager(disk, userAgent)
  return {
    writes: write === undefined ? files : [write, ...files],
    kept,
    next: [
      [`${manager} install && ${manager} run ${names.test}`, 'a client greets a real server'],
      [`${manager} run ${names.start}`, 'serves ws://127.0.0.1:8800'],
    ],
    attach:
      text === undefined || Object.values(manifest.scripts ?? {}).includes(SCRIPTS.start) ? [] : attachLines(manifest),
  }
}

function refuse(file: string, message: string): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [{ file, message }] }
}

const HAS_CONFIG =
  'this project has begun already. Expected a folder without a config; `wsrv codegen` does what it says.'
const NO_MANIFEST = 'it is not a JSON object. Expected one, to add scripts and dependencies to.'

function attachLines({ type }: Manifest): readonly string[] {
  const server = "'./src/wsrv/server.ts'"
  return [
    type === 'module' ? `import { createApiServer } from ${server}` : `const { createApiServer } = require(${server})`,
    "createApiServer().attach(app.listen(3000), { path: '/ws' })",
  ]
}

interface Manifest {
  readonly type?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

interface PlannedManifest {
  readonly write?: Write
  /** What the scripts are called, since a project may have others of the plain names. */
  readonly names: { readonly test: string; readonly start: string }
}

const SCRIPTS = {
  test: 'wsrv codegen && node --import tsx --test src/wsrv/server.test.ts',
  start: 'wsrv codegen && tsx src/wsrv/main.ts',
}

const DEPENDENCIES: Readonly<Record<string, string>> = {
  '@wsrv/client': `^${VERSION}`,
  '@wsrv/schema': `^${VERSION}`,
  '@wsrv/server': `^${VERSION}`,
  typebox: '^1.4.3',
}

const DEV_DEPENDENCIES: Readonly<Record<string, string>> = {
  '@types/node': '^20.19.0',
  '@wsrv/cli': `^${VERSION}`,
  tsx: '^4.23.0',
  typescript: '^5.9.0 || ^7.0.0',
}

function parseManifest(text = '{ "private": true, "type": "module" }'): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(text)
    return typeof manifest === 'object' && !Array.isArray(manifest) ? (manifest ?? undefined) : undefined
  } catch {
    return undefined
  }
}

function planManifest(manifest: Manifest, text: string | undefined): PlannedManifest {
  const { scripts = {}, dependencies = {}, devDependencies = {} } = manifest
  const names = { test: scriptName('test', scripts), start: scriptName('start', scripts) }
  const planned = {
    ...manifest,
    scripts: { ...scripts, [names.test]: SCRIPTS.test, [names.start]: SCRIPTS.start },
    dependencies: { ...lacking(DEPENDENCIES, devDependencies), ...dependencies },
    devDependencies: { ...lacking(DEV_DEPENDENCIES, dependencies), ...devDependencies },
  }
  const printed = `${JSON.stringify(planned, null, indentOf(text))}\n`
  if (printed === text) return { names }
  if (text === undefined) return { names, write: { path: 'package.json', text: printed, change: 'created' } }
  return { names, write: { path: 'package.json', text: printed, change: 'changed', before: text } }
}

/** The plain name, unless the project uses it for something else. */
function scriptName(name: keyof typeof SCRIPTS, scripts: Readonly<Record<string, string>>): string {
  return scripts[name] === undefined || scripts[name] === SCRIPTS[name] ? name : `wsrv:${name}`
}

function lacking(wanted: Readonly<Record<string, string>>, present: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => present[name] === undefined))
}

function indentOf(text = ''): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
}

const LOCKS: readonly (readonly [file: string, manager: string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['package-lock.json', 'npm'],
]

/** The package manager that the project uses, else the one that runs this. */
function findManager(disk: Disk, userAgent: string): string {
  const locked = LOCKS.find(([file]) => disk.read(file) !== undefined)?.[1]
  const [running = ''] = userAgent.split('/')
  return locked ?? (LOCKS.some(([, manager]) => manager === running) ? running : 'npm')
}
