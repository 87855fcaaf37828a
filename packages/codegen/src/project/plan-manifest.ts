import { posix } from 'node:path'
import { VERSION } from '../version.ts'
import type { Write } from '../write/plan-writes.ts'
import type { InitLayout } from './init-layout.ts'
import type { Manifest } from './look-around.ts'

/** What a package.json gains. */
export interface PlannedManifest {
  readonly write?: Write
  /** What the scripts are called, since a project may have others of the plain names. */
  readonly names: { readonly test: string; readonly start: string }
}

/** Versions that a new project asks for. */
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

type Scripts = Readonly<Record<'test' | 'start', string>>

/** Adds scripts and dependencies that a package.json lacks; what it has stays. */
export function planManifest(
  manifest: Manifest = { type: 'module' },
  text: string | undefined,
  layout: InitLayout,
): PlannedManifest {
  const { scripts = {}, dependencies = {}, devDependencies = {} } = manifest
  const own = scriptsOf(layout)
  const names = { test: scriptName('test', own, scripts), start: scriptName('start', own, scripts) }
  const planned = {
    ...(text === undefined && { private: true }),
    ...manifest,
    scripts: { ...scripts, [names.test]: own.test, [names.start]: own.start },
    dependencies: { ...lacking(DEPENDENCIES, devDependencies), ...dependencies },
    devDependencies: { ...lacking(DEV_DEPENDENCIES, dependencies), ...devDependencies },
  }
  const printed = `${JSON.stringify(planned, null, indentOf(text))}\n`
  if (printed === text) return { names }
  if (text === undefined) return { names, write: { path: 'package.json', text: printed, change: 'created' } }
  return { names, write: { path: 'package.json', text: printed, change: 'changed', before: text } }
}

function scriptsOf({ into, test }: InitLayout): Scripts {
  return {
    test: `wsrv codegen && node --import tsx --test ${posix.join(into, test)}.ts`,
    start: `wsrv codegen && tsx ${posix.join(into, 'main.ts')}`,
  }
}

/** The plain name, unless the project uses it for something else. */
function scriptName(name: keyof Scripts, own: Scripts, scripts: Readonly<Record<string, string>>): string {
  return scripts[name] === undefined || scripts[name] === own[name] ? name : `wsrv:${name}`
}

function lacking(wanted: Readonly<Record<string, string>>, present: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => present[name] === undefined))
}

function indentOf(text = ''): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
}
