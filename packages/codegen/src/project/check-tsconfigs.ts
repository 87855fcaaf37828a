import { dirname, join, relative, resolve } from 'node:path'
import { listClients } from '../config/config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { ContractConfig, Project } from '../load/load-config.ts'
import type { FoundTsConfig } from '../load/read-tsconfig.ts'
import { openDisk } from '../write/open-disk.ts'
import { parseManifest } from './look-around.ts'

/** Finds what keeps the generated code of a project from compiling by the tsconfig files that are there. */
export async function checkTsConfigs({ root, contracts }: Project): Promise<readonly Diagnostic[]> {
  const { findTsConfig } = await import('../load/read-tsconfig.ts')
  return contracts.flatMap((contract) =>
    outputsOf(contract).flatMap((file): readonly Diagnostic[] => {
      const path = resolve(root, file)
      const isModule = isModuleAt(dirname(path))
      const tsconfig = findTsConfig(path, isModule)
      if (tsconfig === undefined) return [{ file, message: UNSEEN }]
      const place = relative(root, tsconfig.path)
      return problemsOf(tsconfig, contract, file).map((message) => ({ file: place, message }))
    }),
  )
}

function outputsOf({ config }: ContractConfig): readonly string[] {
  return [...listClients(config).map(({ path }) => path), ...(config.server === undefined ? [] : [config.server])]
}

const UNSEEN = 'no tsconfig.json above it includes it, so that no compiler checks what uses it. Add it to `include`.'

function problemsOf(tsconfig: FoundTsConfig, { config }: ContractConfig, file: string): readonly string[] {
  const { importExtension = 'ts', isolatedDeclarations = false } = config
  const fits = canImport(tsconfig.importExtension, importExtension)
  return [
    ...tsconfig.errors,
    ...(fits ? [] : [sayExtension(tsconfig, importExtension, file)]),
    ...(tsconfig.isolatedDeclarations && !isolatedDeclarations ? [NOT_ISOLATED] : []),
  ]
}

/** Whether files that import each other by one extension compile where the tsconfig wants another. */
function canImport(wanted: FoundTsConfig['importExtension'], actual: FoundTsConfig['importExtension']): boolean {
  if (actual === 'js') return true
  return actual === 'ts' ? wanted === 'ts' : wanted !== 'js'
}

function sayExtension({ importExtension }: FoundTsConfig, actual: string, file: string): string {
  const advice = `Set importExtension: '${importExtension}' in the config`
  const other = actual === 'ts' ? ', or allowImportingTsExtensions here' : ''
  return `it does not let ${file} import its neighbours as importExtension "${actual}" does. ${advice}${other}.`
}

const NOT_ISOLATED =
  'it has isolatedDeclarations, and new handlers do not say their type. Set isolatedDeclarations: true in the config.'

/** Whether the nearest package.json has the type "module". */
function isModuleAt(folder: string): boolean {
  const text = openDisk(folder).read('package.json')
  if (text !== undefined) return parseManifest(text)?.type === 'module'
  const above = join(folder, '..')
  return above === folder ? false : isModuleAt(above)
}
