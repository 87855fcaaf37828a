import {
  type ConfigRequest,
  createTsxLoader,
  generateProject,
  type Loader,
  loadConfig,
  type Outcome,
  type Watch,
  watchProject,
} from '@wsrv/codegen/api'
import type { Command } from 'commander'
import { addProjectOptions, type CommandContext, JSON_OPTION, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { type Report, reportProblems } from '../report.ts'
import { reportStale, reportWritten } from '../show/show-plans.ts'
import { showProblems, showReport, showWarnings } from '../show/show-report.ts'

/** `wsrv codegen`: client, server and handler stubs from the schema files. */
export function addCodegen(command: Command, { cwd, output, finish, watching }: CommandContext): void {
  addProjectOptions(command)
    .option('--check', 'write nothing; exit 1 when a file is stale')
    .option('-w, --watch', 'generate again at every change')
    .option(...JSON_OPTION)
    .action(async ({ check = false, watch = false, json, ...options }: CodegenOptions, command: Command) => {
      if (watch && check) command.error('error: --watch and --check exclude each other')
      if (watch && json) command.error('error: --watch and --json exclude each other')
      const request = { ...options, cwd }
      const loader = createTsxLoader()
      if (watch) {
        await watchCodegen(request, loader, output)
        watching()
      } else finish(await runCodegen(request, loader, check))
    })
}

interface CodegenOptions extends ProjectOptions {
  readonly check?: boolean
  readonly watch?: boolean
  readonly json?: boolean
}

async function runCodegen(request: ConfigRequest, loader: Loader, check: boolean): Promise<Report> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return reportProblems(EXIT.usage, project.diagnostics)
  const outcome = await generateProject(project, { loader, check })
  const report = await reportOutcome(outcome, check)
  // With one contract only, what the others generate would look left behind.
  return request.contract === undefined
    ? { ...report, warnings: [...report.warnings, ...outcome.findOrphans()] }
    : report
}

/** Reports a run of the generator, handlers that do not fit included. */
export async function reportOutcome(outcome: Outcome, check: boolean): Promise<Report> {
  const report = reportRun(outcome, check)
  return { ...report, warnings: [...report.warnings, ...(await outcome.checkHandlers())] }
}

function reportRun({ problems, plans, tookMs }: Outcome, check: boolean): Report {
  if (plans.length === 0) return reportProblems(EXIT.problems, problems)
  const report = check ? reportStale(plans) : reportWritten(plans, tookMs)
  return problems.length === 0 ? report : { ...report, problems, exitCode: EXIT.problems }
}

/** Generates at every change, and shows each run. */
export async function watchCodegen(request: ConfigRequest, loader: Loader, output: Output): Promise<Watch> {
  const watch = await watchProject(request, loader, {
    onWrongConfig: (diagnostics) => showProblems(output, diagnostics),
    onOutcome: (outcome) => showReport(output, reportRun(outcome, false)),
    onChecked: (warnings) => showWarnings(output, warnings),
    onError: (error) => output.error(`wsrv: ${error instanceof Error ? error.message : String(error)}`),
  })
  output.info(output.colors.dim('watching for changes'))
  return watch
}
