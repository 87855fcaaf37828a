import { dirname, resolve } from 'node:path'
import { type Diagnostic as CompilerDiagnostic, type CompilerOptions, Project, type SourceFile, ts } from 'ts-morph'
import type { Diagnostic } from '../diagnostic.ts'
import type { Suspect } from './find-suspects.ts'

/** What handlers are checked against. */
export interface HandlerTypeCheck {
  /** Folder that paths are relative to. */
  readonly root: string
  readonly suspects: readonly Suspect[]
  /** The earlier texts of the files that this run changed, by path. */
  readonly before: ReadonlyMap<string, string>
}

/**
 * Reports where handlers no longer fit the contract: compiler errors that this run introduced. Earlier errors, and those
 * that cannot be judged because a module is missing, have nothing to do with the contract.
 */
export function checkHandlerTypes({ root, suspects, before }: HandlerTypeCheck): readonly Diagnostic[] {
  const paths = suspects.map(({ path }) => resolve(root, path))
  const [first] = paths
  if (first === undefined) return []
  const { options, declarations } = readOptions(first)
  if (!canResolve('@wsrv/server', first, options)) return []
  const project = new Project({ compilerOptions: options })
  project.addSourceFilesAtPaths([...paths, ...declarations])
  project.resolveSourceFileDependencies()
  const found = suspects.map((suspect) => ({ suspect, errors: errorsOf(project, resolve(root, suspect.path)) }))
  if (found.every(({ errors }) => errors.length === 0)) return []
  for (const [path, text] of before) project.createSourceFile(resolve(root, path), text, { overwrite: true })
  return found.flatMap(({ suspect, errors }) => {
    const known = new Set(errorsOf(project, resolve(root, suspect.from)).map(({ key }) => key))
    return errors.filter(({ key }) => !known.has(key)).map(({ key: _, ...error }) => ({ file: suspect.path, ...error }))
  })
}

interface HandlerError extends Omit<Diagnostic, 'file'> {
  /** Identifies an error before and after a run: a run edits within lines and never moves one. */
  readonly key: string
}

function errorsOf(project: Project, path: string): readonly HandlerError[] {
  const source = project.getSourceFile(path)
  if (source === undefined) return []
  return project
    .getProgram()
    .getSemanticDiagnostics(source)
    .map((diagnostic) => toError(diagnostic, source))
}

function toError(diagnostic: CompilerDiagnostic, source: SourceFile): HandlerError {
  const start = diagnostic.getStart() ?? 0
  const { line, column } = source.getLineAndColumnAtPos(start)
  const said = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, '\n').split('\n')
  const [first = '', last = first] = [said[0], said.at(-1)?.trim()]
  const reason = first === last ? first : `${first} ${last}`
  const message = `the contract changed, and this handler no longer fits: ${reason}`
  return { key: `${diagnostic.getCode()} ${line}`, line, column, message }
}

interface CheckOptions {
  readonly options: CompilerOptions
  /** The project's declaration files, which hold its globals. */
  readonly declarations: readonly string[]
}

/** The compiler options for a file: those of the nearest tsconfig.json, or of the project reference that includes it. */
function readOptions(path: string): CheckOptions {
  const config = ts.findConfigFile(dirname(path), ts.sys.fileExists)
  const parsed = config === undefined ? undefined : parseConfig(config)
  if (parsed === undefined) return { options: { ...SANE_OPTIONS, ...OVERRIDES }, declarations: [] }
  const others = (parsed.projectReferences ?? []).map((reference) =>
    parseConfig(ts.resolveProjectReferencePath(reference)),
  )
  const { options, fileNames } = [parsed, ...others].find((one) => one?.fileNames.includes(path)) ?? parsed
  return { options: { ...options, ...OVERRIDES }, declarations: fileNames.filter((file) => file.endsWith('.d.ts')) }
}

const SANE_OPTIONS: CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
}

/** Nothing is written, and only handlers are checked. */
const OVERRIDES: CompilerOptions = { noEmit: true, skipLibCheck: true, composite: false, incremental: false }

function parseConfig(path: string): ts.ParsedCommandLine | undefined {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  return ts.getParsedCommandLineOfConfigFile(path, {}, host)
}

function canResolve(module: string, from: string, options: CompilerOptions): boolean {
  return ts.resolveModuleName(module, from, options, ts.sys).resolvedModule !== undefined
}
