import { count, type Output, printDiff, printProblems, printWarnings } from './cli-output.ts'
import type { Config } from './config.ts'
import { diffText } from './diff-text.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { generate } from './generate.ts'
import { loadConfig } from './load-config.ts'
import { loadSchema } from './load-schema.ts'
import type { Loader } from './loader.ts'
import { type IndexEditor, type Plan, planWrites } from './plan-writes.ts'
import { openDisk, writeFiles } from './write-files.ts'

/** What `wsrv codegen` was asked. */
export interface CodegenRequest {
  /** Path of the config file, relative to `cwd`. */
  readonly config: string
  readonly cwd: string
  /** Write nothing; fail when something would be written. */
  readonly check: boolean
  /** Write the documents only, into this folder unless the config names one. */
  readonly docsOnly?: string
}

/** Runs `wsrv codegen` once. */
export async function runCodegen(request: CodegenRequest, loader: Loader, output: Output): Promise<ExitCode> {
  const loaded = await loadConfig(request.config, request.cwd, loader)
  if ('diagnostics' in loaded) {
    printProblems(output, loaded.diagnostics)
    return EXIT.usage
  }
  const { config, root } = loaded
  const chosen = request.docsOnly === undefined ? config : onlyDocs(config, request.docsOnly)
  const { exitCode } = await generateProject({ config: chosen, root }, { loader, output, check: request.check })
  return exitCode
}

function onlyDocs({ schema, docs, title, version }: Config, folder: string): Config {
  return {
    schema,
    docs: docs ?? folder,
    ...(title !== undefined && { title }),
    ...(version !== undefined && { version }),
  }
}

/** A loaded config with its folder. */
export interface Project {
  readonly config: Config
  readonly root: string
}

/** How a run of the generator ended. */
export interface Outcome {
  readonly exitCode: ExitCode
  /** Files that the schema is made of; absolute. */
  readonly imports: readonly string[]
}

/** Loads the schema of a project, generates, and writes (or only checks) what changed. */
export async function generateProject(
  { config, root }: Project,
  { loader, output, check }: { readonly loader: Loader; readonly output: Output; readonly check: boolean },
): Promise<Outcome> {
  const startedAt = performance.now()
  const { modules, imports, ...loaded } = await loadSchema(config, root, loader)
  const { files, diagnostics } = generate(config, modules)
  const problems = [...loaded.diagnostics, ...diagnostics]
  if (problems.length > 0) {
    printProblems(output, problems)
    return { exitCode: EXIT.problems, imports }
  }
  const plan = await planWrites(files, openDisk(root), editIndex)
  if (check) return { exitCode: reportStale(plan, output), imports }
  writeFiles(root, plan.writes)
  reportWritten(plan, output, performance.now() - startedAt)
  return { exitCode: EXIT.ok, imports }
}

/** Loads ts-morph, which takes a while, only when an index was edited by hand and has to be read. */
const editIndex: IndexEditor = async (text, file) => {
  const { editHandlerIndex } = await import('./edit-handler-index.ts')
  return editHandlerIndex(text, file)
}

function reportStale({ writes, unchanged, warnings }: Plan, output: Output): ExitCode {
  printWarnings(output, warnings)
  if (writes.length === 0) {
    output.info(`${count(unchanged, 'file')} up to date`)
    return EXIT.ok
  }
  for (const { path, text, before } of writes) {
    output.error(`${path}: ${before === undefined ? 'missing' : 'stale'}`)
    if (before !== undefined) printDiff(output, diffText(before, text))
  }
  output.error(output.colors.red(`${count(writes.length, 'file')} out of date. Run \`wsrv codegen\` and commit them`))
  return EXIT.problems
}

function reportWritten({ writes, unchanged, warnings }: Plan, output: Output, tookMs: number): void {
  printWarnings(output, warnings)
  for (const { path, change } of writes) output.info(`${output.colors.green(change)} ${path}`)
  output.info(`${count(writes.length, 'file')} written, ${unchanged} unchanged in ${Math.round(tookMs)} ms`)
}
