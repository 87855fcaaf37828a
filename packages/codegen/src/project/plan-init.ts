import { posix } from 'node:path'
import { CONFIG_FILE, PLAIN_CONFIG_FILE } from '../config/config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { TsConfig } from '../load/read-tsconfig.ts'
import type { Disk } from '../write/disk.ts'
import type { Write } from '../write/plan-writes.ts'
import { layInitFiles } from './init-files.ts'
import { chooseLayout, type InitLayout } from './init-layout.ts'
import { lookAround, type Surroundings } from './look-around.ts'
import { planManifest } from './plan-manifest.ts'

/** What `wsrv init` will do to a folder. */
export interface InitPlan {
  readonly writes: readonly Write[]
  /** Files that were there already and stay as they are. */
  readonly kept: readonly string[]
  /** The config, relative to the folder. */
  readonly configFile: string
  /** The package manager of the project: `pnpm`. */
  readonly manager: string
  /** Commands to type next, each with what it does. */
  readonly next: readonly (readonly [command: string, does: string])[]
  /** Lines that attach the API to a server which the project has; none in a project without one. */
  readonly attach: readonly string[]
  /** Whether the app must be started with tsx to import them. */
  readonly needsTsx: boolean
}

/** Where a project is started. */
export interface InitContext {
  readonly disk: Disk
  readonly tsconfig: TsConfig | undefined
  /** How the running package manager names itself: `pnpm/10.0.0 …`; empty when none runs. */
  readonly userAgent: string
  /** Folder of the server; chosen by what the project is when left out. */
  readonly into?: string | undefined
  /** Whether the plan includes the installation, so that nothing is left to type but what comes after it. */
  readonly isInstalled?: boolean
}

/** Plans the first files of a project; what exists stays, and its package.json only gains what it lacks. */
export function planInit(
  templates: Readonly<Record<string, string>>,
  { disk, tsconfig, userAgent, into, isInstalled = false }: InitContext,
): InitPlan | { readonly diagnostics: readonly Diagnostic[] } {
  const around = lookAround({ disk, tsconfig, userAgent })
  if (around === undefined) return refuse('package.json', NO_MANIFEST)
  if (into !== undefined && !/^[\w@-][\w@./-]*$/.test(into)) return refuse('wsrv', wrongInto(into))
  const layout = chooseLayout(keepOwnScripts(around), into)
  const files = layInitFiles(templates, layout)
  for (const file of [CONFIG_FILE, PLAIN_CONFIG_FILE]) {
    const config = disk.read(file)
    if (config !== undefined && config !== files[file]) return refuse(file, HAS_CONFIG)
  }
  const paths = Object.keys(files)
  const kept = paths.filter((path) => disk.read(path) !== undefined)
  const created = paths
    .filter((path) => !kept.includes(path))
    .map((path): Write => ({ path, text: files[path] ?? '', change: 'created' }))
  const { write, names } = planManifest(around.manifest, around.manifestText, layout)
  const { manager } = around
  const first = isInstalled ? '' : `${manager} install && `
  return {
    writes: write === undefined ? created : [write, ...created],
    kept,
    configFile: layout.configFile,
    manager,
    next: [
      [`${first}${manager} run ${names.test}`, 'a client greets a real server'],
      [`${manager} run ${names.start}`, 'serves ws://127.0.0.1:8800'],
    ],
    attach: attachLines(around, layout),
    needsTsx: around.tsconfig === undefined,
  }
}

function refuse(file: string, message: string): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [{ file, message }] }
}

const HAS_CONFIG =
  'this project has begun already. Expected a folder without a config; `wsrv codegen` does what it says.'
const NO_MANIFEST = 'it is not a JSON object. Expected one, to add scripts and dependencies to.'

function wrongInto(into: string): string {
  return `--into is "${into}". Expected a folder below this one, as src/wsrv.`
}

/** A project that an earlier `init` made of an empty folder is that still, so that a second one changes nothing. */
function keepOwnScripts(around: Surroundings): Surroundings {
  const isOwn = Object.values(around.manifest?.scripts ?? {}).some((one) => OWN_START.test(one))
  return isOwn && around.manifest?.scripts?.['test']?.includes('server.test.ts') ? { ...around, app: 'none' } : around
}

const OWN_START = /^wsrv codegen && tsx \S+\/main\.ts$/

function attachLines(
  { app, manifest, tsconfig }: Surroundings,
  { into, importExtension }: InitLayout,
): readonly string[] {
  if (app !== 'server' && app !== 'nest') return []
  if (Object.values(manifest?.scripts ?? {}).some((one) => OWN_START.test(one))) return []
  const extension = { ts: '.ts', js: '.js', none: '' }[importExtension]
  const path = tsconfig === undefined ? into : posix.relative('src', into)
  const server = `'./${posix.join(path, 'server')}${extension}'`
  const isImport = manifest?.type === 'module' || tsconfig !== undefined
  const http = app === 'nest' ? 'app.getHttpServer()' : 'app.listen(3000)'
  return [
    isImport ? `import { createApiServer } from ${server}` : `const { createApiServer } = require(${server})`,
    `createApiServer().attach(${http}, { path: '/ws' })`,
  ]
}
