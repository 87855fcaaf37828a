import { dirname, resolve } from 'node:path'
import { type Diagnostic as CompilerDiagnostic, type CompilerOptions, Project, type SourceFile, ts } from 'ts-morph'
import type { Diagnostic } from '../diagnostic.ts'
import type { Suspect } from './find-suspects.ts'

/** What handlers are checked against. */
export interface HandlerTypeCheck {
  /** Folder that paths are relative to. */
  readonly root: string
  readonly suspects: readonly Suspect[]
  /** What files held before this run, by path: those that it changed. */
  readonly before: ReadonlyMap<string, string>
}

/**
 * Says where handlers do not fit the contract any more: what the compiler finds in them now and did not find before this
 * run. What was wrong already, or cannot be known because a module is missing, does not concern the contract.
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
  /** The same before and after a run when the error is the same: a run renames within lines, and moves none. */
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
  /** Declaration files that the project is compiled with: what is global in it. */
  readonly declarations: readonly string[]
}

/** The options with which a project compiles a file: those of the nearest tsconfig.json, or of the one it refers to that has the file. */
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

/** Nothing is written, and only handlers are looked at. */
const OVERRIDES: CompilerOptions = { noEmit: true, skipLibCheck: true, composite: false, incremental: false }

function parseConfig(path: string): ts.ParsedCommandLine | undefined {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  return ts.getParsedCommandLineOfConfigFile(path, {}, host)
}

function canResolve(module: string, from: string, options: CompilerOptions): boolean {
  return ts.resolveModuleName(module, from, options, ts.sys).resolvedModule !== undefined
}
