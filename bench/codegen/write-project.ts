import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BUILD } from '../build/paths.ts'
import { areaInterfaces } from './area-interfaces.ts'
import { areaSchemas, COMMANDS_PER_AREA } from './area-schemas.ts'
import { SHARED_INTERFACES, SHARED_SCHEMAS } from './shared-kinds.ts'
import type { Staged } from './stage-packages.ts'

/** A project on disk, as a user has it: schemas, config, installed packages; and the same types written by hand. */
export interface Project {
  readonly folder: string
  readonly commands: number
  /** A schema file to edit, relative to the folder. */
  readonly edited: string
  /** Folder with a `tsconfig.json` over the hand-written types alone. */
  readonly byHand: string
}

/** Writes a project of some commands, replacing what is there. */
export function writeProject(commands: number, { nodeModules }: Staged): Project {
  const folder = join(BUILD, `codegen/project-${commands}`)
  rmSync(folder, { recursive: true, force: true })
  const areas = Array.from({ length: commands / COMMANDS_PER_AREA }, (_, area) => area)
  const files: readonly (readonly [path: string, text: string])[] = [
    ['package.json', '{ "type": "module" }\n'],
    ['wsrv.config.ts', CONFIG],
    ['tsconfig.json', tsconfig(['generated/client.ts'])],
    ['by-hand/tsconfig.json', tsconfig(['client.ts'])],
    ['by-hand/client.ts', byHand(areas)],
    ['schema/shared.ts', SHARED_SCHEMAS],
    ...areas.map((area) => [`schema/area-${area}.ts`, areaSchemas(area)] as const),
  ]
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  symlinkSync(nodeModules, join(folder, 'node_modules'))
  return { folder, commands, edited: `schema/area-${areas.length >> 1}.ts`, byHand: join(folder, 'by-hand') }
}

const CONFIG = `import { defineConfig } from '@wsrv/cli'

export default defineConfig({
  schema: 'schema/*.ts',
  client: 'generated/client.ts',
  server: 'generated/server.ts',
  handlers: 'handlers',
})
`

function tsconfig(include: readonly string[]): string {
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2023', 'dom'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  return JSON.stringify({ compilerOptions, include }, undefined, 2)
}

function byHand(areas: readonly number[]): string {
  const written = areas.map(areaInterfaces)
  return `import type { CallOptions } from '@wsrv/client'

${SHARED_INTERFACES}
${written.map(({ interfaces }) => interfaces).join('\n')}
export interface Pushes {
${written.map(({ pushes }) => pushes).join('\n')}
}

export interface Client {
${written.map(({ methods }) => methods).join('\n')}
  on<Name extends keyof Pushes>(name: Name, listener: (data: Pushes[Name]) => void): () => void
  close(): void
}
`
}
