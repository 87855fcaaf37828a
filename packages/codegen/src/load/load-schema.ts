import { relative } from 'node:path'
import { buildContract } from '@wsrv/schema'
import { globSync } from 'tinyglobby'
import { type Diagnostic, mergeDiagnostics, ofContract, toDiagnostic } from '../diagnostic.ts'
import type { Project } from './load-config.ts'
import type { Loaded, LoadedModule, Loader } from './loader.ts'
import type { NamedContracts } from './lock-file.ts'

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
  const schemas = found.map((paths) => paths.flatMap((path) => byFile.get(toFile(path, root)) ?? []))
  const missing = found.flatMap((paths, index): readonly Diagnostic[] => {
    if (paths.length === 0) return [noFile(project, index)]
    return diagnostics.length > 0 || schemas[index]?.some(declaresSomething) ? [] : [noExport(project, index)]
  })
  return { schemas, imports, diagnostics: [...missing, ...diagnostics] }
}

function declaresSomething({ exports }: LoadedModule): boolean {
  return Object.values(exports).some((value) => {
    return typeof value === 'object' && value !== null && 'kind' in value && KINDS.includes(value.kind)
  })
}

const KINDS: readonly unknown[] = ['command', 'push']

const IGNORED: string[] = ['**/node_modules/**', '**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts']

function noFile(project: Project, index: number): Diagnostic {
  return aboutSchema(project, index, `which no file matches. Expected files that ${EXPORTS}.`)
}

function noExport(project: Project, index: number): Diagnostic {
  return aboutSchema(project, index, `but no file there exports a command or a push. Expected files that ${EXPORTS}.`)
}

const EXPORTS = 'export what command(…) and push(…) return'

function aboutSchema({ contracts, root, path }: Project, index: number, wrong: string): Diagnostic {
  const { name, config } = contracts[index] as Project['contracts'][number]
  const option = name === undefined ? 'schema' : `contracts.${name}.schema`
  return { file: toFile(path, root), message: `${option} is ${[config.schema].flat().join(', ')}, ${wrong}` }
}

function toFile(path: string, root: string): string {
  return relative(root, path).replaceAll('\\', '/')
}

/** The folder that a glob looks in: `schema/**\/*.ts` looks in `schema`. */
export function globBase(glob: string): string {
  const [fixed = ''] = glob.split(/[*?{[(!]/)
  return fixed === glob ? glob : fixed.slice(0, fixed.lastIndexOf('/') + 1) || '.'
}

/** A project's contracts, or what is wrong with them. */
export type LoadedContracts = { readonly contracts: NamedContracts } | { readonly diagnostics: readonly Diagnostic[] }

/** Loads the schema files of a project and builds its contracts. */
export async function loadContracts(project: Project, loader: Loader): Promise<LoadedContracts> {
  const { schemas, diagnostics } = await loadSchema(project, loader)
  const built = project.contracts.map(({ name, config }, index) => ({
    name,
    ...buildContract(schemas[index] ?? [], { isForeign: config.foreignServer }),
  }))
  const problems = built.flatMap((one) => ofContract(one.problems.map(toDiagnostic), one.name))
  const wrong = [...diagnostics, ...mergeDiagnostics(problems)]
  if (wrong.length > 0) return { diagnostics: wrong }
  return { contracts: new Map(built.map(({ name, contract }) => [name, contract])) }
}
