import { relative } from 'node:path'
import { globSync } from 'tinyglobby'
import type { Diagnostic } from './diagnostic.ts'
import type { Project } from './load-config.ts'
import type { Loaded, LoadedModule, Loader } from './loader.ts'

/** The schema files of a project. */
export interface LoadedSchema extends Omit<Loaded, 'modules'> {
  /** The modules of each contract, in the order of the project's contracts. */
  readonly schemas: readonly (readonly LoadedModule[])[]
}

/**
 * Finds and loads the schema files of a project, in the order of their names. Tests beside them are left out. A file that
 * several contracts share is loaded once.
 */
export async function loadSchema(project: Project, loader: Loader): Promise<LoadedSchema> {
  const { contracts, root } = project
  const found = contracts.map(({ config }) => {
    return globSync([config.schema].flat(), { cwd: root, absolute: true, ignore: IGNORED }).sort()
  })
  const { modules, imports, diagnostics } = await loader.load([...new Set(found.flat())].sort(), root)
  const byFile = new Map(modules.map((module) => [module.file, module]))
  const missing = found.flatMap((paths, index) => (paths.length === 0 ? [noFile(project, index)] : []))
  return {
    schemas: found.map((paths) => paths.flatMap((path) => byFile.get(toFile(path, root)) ?? [])),
    imports,
    diagnostics: [...missing, ...diagnostics],
  }
}

const IGNORED: string[] = ['**/node_modules/**', '**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts']

function noFile({ contracts, root, path }: Project, index: number): Diagnostic {
  const { name, config } = contracts[index] as Project['contracts'][number]
  const option = name === undefined ? 'schema' : `contracts.${name}.schema`
  const globs = [config.schema].flat().join(', ')
  const message = `${option} is ${globs}, which no file matches. Expected files that export command(…) and push(…).`
  return { file: toFile(path, root), message }
}

function toFile(path: string, root: string): string {
  return relative(root, path).replaceAll('\\', '/')
}

/** The folder that a glob looks in: `schema/**\/*.ts` looks in `schema`. */
export function globBase(glob: string): string {
  const [fixed = ''] = glob.split(/[*?{[(!]/)
  return fixed === glob ? glob : fixed.slice(0, fixed.lastIndexOf('/') + 1) || '.'
}
