import { basename } from 'node:path'
import { LOCK_FILE, type NamedContracts, printLock } from '../diff/lock-file.ts'
import { type ConfigRequest, loadConfig } from '../load/load-config.ts'
import { loadContracts } from '../load/load-contracts.ts'
import { loadLockIfThere } from '../load/load-released.ts'
import type { Loader } from '../load/loader.ts'
import { openDisk, writeFiles } from '../write/write-files.ts'
import { EXIT } from './exit-code.ts'
import { findSpentAllows } from './find-spent-allows.ts'
import { type Report, reportProblems } from './report.ts'

/** Runs `wsrv lock`: remembers contracts as released. With one contract's name, the others stay as they are remembered. */
export async function runLock(request: ConfigRequest, loader: Loader): Promise<Report> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return reportProblems(EXIT.usage, project.diagnostics)
  const now = await loadContracts(project, loader)
  if ('diagnostics' in now) return reportProblems(EXIT.problems, now.diagnostics)
  let contracts: NamedContracts = now.contracts
  if (request.contract !== undefined) {
    const locked = loadLockIfThere(project.root) ?? { contracts: new Map() }
    if ('diagnostics' in locked) return reportProblems(EXIT.usage, locked.diagnostics)
    contracts = new Map([...locked.contracts, ...contracts].filter(([name]) => name !== undefined))
  }
  const text = printLock(contracts)
  const before = openDisk(project.root).read(LOCK_FILE)
  const change = before === undefined ? 'created' : 'changed'
  writeFiles(project.root, [{ path: LOCK_FILE, text, change }])
  return {
    exitCode: EXIT.ok,
    problems: [],
    warnings: findSpentAllows(basename(project.path), project.contracts, []),
    files: before === text ? [] : [{ path: LOCK_FILE, change }],
    say: (output) => output.info(`${output.colors.green('wrote')} ${LOCK_FILE}`),
  }
}
