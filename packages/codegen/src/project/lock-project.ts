import { basename } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { type ConfigRequest, loadConfig } from '../load/load-config.ts'
import { loadLockIfThere } from '../load/load-released.ts'
import { loadContracts } from '../load/load-schema.ts'
import type { Loader } from '../load/loader.ts'
import { LOCK_FILE, type NamedContracts, printLock } from '../load/lock-file.ts'
import { openDisk } from '../write/open-disk.ts'
import { writeFiles } from '../write/write-files.ts'
import { findUnusedAllows } from './match-allows.ts'
import { type Failure, wrongContract, wrongRequest } from './outcome.ts'

/** How a project's contracts were recorded. */
export interface LockedProject {
  readonly change: 'created' | 'changed' | 'unchanged'
  readonly warnings: readonly Diagnostic[]
}

/** Records contracts as released. With one contract's name, the others stay as they are recorded. */
export async function lockProject(request: ConfigRequest, loader: Loader): Promise<LockedProject | Failure> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return wrongRequest(project.diagnostics)
  const now = await loadContracts(project, loader)
  if ('diagnostics' in now) return wrongContract(now.diagnostics)
  let contracts: NamedContracts = now.contracts
  if (request.contract !== undefined) {
    const locked = loadLockIfThere(project.root) ?? { contracts: new Map() }
    if ('diagnostics' in locked) return wrongRequest(locked.diagnostics)
    contracts = new Map([...locked.contracts, ...contracts].filter(([name]) => name !== undefined))
  }
  const text = printLock(contracts)
  const before = openDisk(project.root).read(LOCK_FILE)
  const change = before === undefined ? 'created' : 'changed'
  writeFiles(project.root, [{ path: LOCK_FILE, text, change }])
  const unused = findUnusedAllows(basename(project.path), project.contracts, { changes: [], isSinceRelease: true })
  const warnings = unused.map(({ warning }) => warning)
  return { change: before === text ? 'unchanged' : change, warnings }
}
