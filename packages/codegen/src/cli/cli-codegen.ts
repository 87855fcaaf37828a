import { basename, posix } from 'node:path'
import { checkOwners } from '../config/check-files.ts'
import type { Config } from '../config/config.ts'
import { type Diagnostic, mergeDiagnostics, ofContract } from '../diagnostic.ts'
import { type Generation, generate } from '../generate.ts'
import { type ConfigRequest, type ContractConfig, loadConfig, type Project } from '../load/load-config.ts'
import { loadSchema } from '../load/load-schema.ts'
import type { Loader } from '../load/loader.ts'
import { lazyHandlerEditor } from '../write/lazy-handler-editor.ts'
import { planWrites } from '../write/plan-writes.ts'
import { openDisk, writeFiles } from '../write/write-files.ts'
import { checkSuspects } from './check-suspects.ts'
import { EXIT } from './exit-code.ts'
import { type Report, reportProblems } from './report.ts'
import { type ContractPlan, reportStale, reportWritten } from './report-plans.ts'

/** What `wsrv codegen` was asked. */
export interface CodegenRequest extends ConfigRequest {
  /** Write nothing; fail when something would be written. */
  readonly check: boolean
  /** Write the documents only, into this folder unless the config names one. */
  readonly docsOnly?: string
}

/** Runs `wsrv codegen` once. */
export async function runCodegen(request: CodegenRequest, loader: Loader): Promise<Report> {
  const { docsOnly, check } = request
  const loaded = await loadConfig(request, loader)
  if ('diagnostics' in loaded) return reportProblems(EXIT.usage, loaded.diagnostics)
  const contracts = loaded.contracts.map((one) => (docsOnly === undefined ? one : onlyDocs(one, docsOnly)))
  const { report, checkHandlers } = await generateProject({ ...loaded, contracts }, { loader, check })
  return { ...report, warnings: [...report.warnings, ...(await checkHandlers())] }
}

/** The documents' options, in a folder each where there are several contracts. */
function onlyDocs({ name, config }: ContractConfig, folder: string): ContractConfig {
  const { schema, docs, title, version } = config
  const only: Config = {
    schema,
    docs: docs ?? posix.join(folder, name ?? ''),
    ...(title !== undefined && { title }),
    ...(version !== undefined && { version }),
  }
  return { name, config: only }
}

/** How a run of the generator ended. */
export interface Outcome {
  readonly report: Report
  /** Files that the schema is made of; absolute. */
  readonly imports: readonly string[]
  /** Says which handlers do not fit any more; takes a second where any might not. */
  readonly checkHandlers: () => Promise<readonly Diagnostic[]>
}

/** Loads the schema of a project, generates, and writes (or only checks) what changed; nothing when anything is wrong. */
export async function generateProject(
  project: Project,
  { loader, check }: { readonly loader: Loader; readonly check: boolean },
): Promise<Outcome> {
  const startedAt = performance.now()
  const { schemas, imports, diagnostics } = await loadSchema(project, loader)
  const { root, path, contracts } = project
  const file = basename(path)
  const generated = contracts.map(({ name, config }, index) => ({
    name,
    ...generate(config, schemas[index] ?? [], file),
  }))
  const problems = [...diagnostics, ...problemsOf(generated, file)]
  const checkHandlers = async () => []
  if (problems.length > 0) return { report: reportProblems(EXIT.problems, problems), imports, checkHandlers }
  const disk = openDisk(root)
  const plans: ContractPlan[] = []
  for (const { name, files } of generated) plans.push({ name, ...(await planWrites(files, disk, lazyHandlerEditor)) })
  if (check) return { report: reportStale(plans), imports, checkHandlers }
  for (const { writes } of plans) writeFiles(root, writes)
  const report = reportWritten(plans, performance.now() - startedAt)
  return { report, imports, checkHandlers: () => checkSuspects(root, plans) }
}

interface NamedGeneration extends Generation {
  readonly name: string | undefined
}

function problemsOf(generated: readonly NamedGeneration[], file: string): readonly Diagnostic[] {
  const emitted = generated.flatMap((one) =>
    one.emitted.map(([emitter, files]) => ({ emitter, files, contract: one.name })),
  )
  return [
    ...mergeDiagnostics(generated.flatMap(({ name, diagnostics }) => ofContract(diagnostics, name))),
    ...checkOwners(emitted).map((message) => ({ file, message })),
  ]
}
