import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { LOCK_FILE } from '../diff/lock-file.ts'
import { type ConfigRequest, loadConfig, type Project } from '../load/load-config.ts'
import { loadContracts } from '../load/load-contracts.ts'
import { loadReleased } from '../load/load-released.ts'
import type { Loader } from '../load/loader.ts'
import { writeFiles } from '../write/write-files.ts'
import { type AllowRequest, askToPaste, checkAllowed, listAllowed } from './allow-changes.ts'
import type { Output } from './cli-output.ts'
import { type Comparison, compareReleased } from './compare-released.ts'
import { EXIT } from './exit-code.ts'
import { findSpentAllows } from './find-spent-allows.ts'
import { type Report, type ReportedChange, type ReportedFile, reportProblems } from './report.ts'
import { exitCodeOf, sayChanges } from './report-changes.ts'

/** What `wsrv diff` was asked. */
export interface DiffRequest extends ConfigRequest {
  /** Lock file or git ref; the project's lock file when left out. */
  readonly against?: string
  /** Changes to let pass from now on. */
  readonly allow?: AllowRequest
}

/** Runs `wsrv diff`: compares the contracts with earlier ones, for those who were deployed with them. */
export async function runDiff(request: DiffRequest, loader: Loader): Promise<Report> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return reportProblems(EXIT.usage, project.diagnostics)
  const now = await loadContracts(project, loader)
  if ('diagnostics' in now) return reportProblems(EXIT.problems, now.diagnostics)
  const then = await loadReleased(request.against, project, loader)
  if ('diagnostics' in then) return reportProblems(EXIT.usage, then.diagnostics)
  const versions = {
    released: then.contracts,
    current: now.contracts,
    source: request.against ?? LOCK_FILE,
    isWhole: request.contract === undefined,
  }
  const compared = compareReleased(versions, project.contracts)
  // Only the lock file knows what was released; an older commit may lack changes that a newer one allows.
  const spent = request.against === undefined ? spentAllows(project, compared) : []
  const comparison = { ...compared, warnings: [...compared.warnings, ...spent] }
  if (comparison.exitCode === EXIT.usage || request.allow === undefined) return reportChanges(comparison, project)
  return allowChanges(request.allow, comparison, project)
}

function spentAllows({ path, contracts }: Project, { changes, exitCode }: Comparison): readonly Diagnostic[] {
  return exitCode === EXIT.usage ? [] : findSpentAllows(basename(path), contracts, changes)
}

/** Writes the changes to let pass into the config, with their reason. */
async function allowChanges(request: AllowRequest, comparison: Comparison, project: Project): Promise<Report> {
  const { changes } = comparison
  const wrong = checkAllowed(request.ids, changes)
  if (wrong.length > 0) return reportProblems(EXIT.usage, wrong)
  const allowed = listAllowed(request, changes)
  if (allowed.length === 0) return reportChanges(comparison, project)
  const before = readFileSync(project.path, 'utf8')
  const { allowInConfig } = await import('../config/edit-config.ts')
  const text = allowInConfig(before, allowed)
  if (text === undefined) return reportProblems(EXIT.usage, [askToPaste(project.path, allowed)])
  const path = basename(project.path)
  writeFiles(project.root, [{ path, text, change: 'changed', before }])
  const judged = changes.map((change): ReportedChange => {
    return request.ids.includes(change.id) && change.severity !== 'SAFE'
      ? { ...change, allowed: request.reason }
      : change
  })
  return reportChanges({ ...comparison, changes: judged }, project, [{ path, change: 'changed' }])
}

function reportChanges(comparison: Comparison, project: Project, files: readonly ReportedFile[] = []): Report {
  const { changes, problems, warnings, exitCode } = comparison
  const names = project.contracts.map(({ name }) => name)
  const say = (output: Output): void => {
    if (exitCode === EXIT.usage) return
    sayChanges(output, changes, names)
    for (const { change, path } of files) output.info(`${output.colors.green(change)} ${path}`)
  }
  return { exitCode: exitCode === EXIT.ok ? exitCodeOf(changes) : exitCode, problems, warnings, files, changes, say }
}
