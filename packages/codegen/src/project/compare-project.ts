import { basename } from 'node:path'
import { type ConfigRequest, loadConfig, type Project } from '../load/load-config.ts'
import { loadContracts } from '../load/load-contracts.ts'
import { loadReleased } from '../load/load-released.ts'
import type { Loader } from '../load/loader.ts'
import { LOCK_FILE } from '../load/lock-file.ts'
import { type Comparison, compareReleased } from './compare-released.ts'
import { findSpentAllows } from './find-spent-allows.ts'
import { type Failure, wrongContract, wrongRequest } from './outcome.ts'

/** What a project's contracts are compared with. */
export interface CompareRequest extends ConfigRequest {
  /** Lock file or git ref; the project's lock file when left out. */
  readonly against?: string
}

/** A project with what changed in its contracts. */
export interface ComparedProject extends Comparison {
  readonly project: Project
}

/** Compares a project's contracts with earlier ones, for peers that were deployed with those. */
export async function compareProject(request: CompareRequest, loader: Loader): Promise<ComparedProject | Failure> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return wrongRequest(project.diagnostics)
  const now = await loadContracts(project, loader)
  if ('diagnostics' in now) return wrongContract(now.diagnostics)
  const then = await loadReleased(request.against, project, loader)
  if ('diagnostics' in then) return wrongRequest(then.diagnostics)
  const versions = {
    released: then.contracts,
    current: now.contracts,
    source: request.against ?? LOCK_FILE,
    isWhole: request.contract === undefined,
  }
  const compared = compareReleased(versions, project.contracts)
  if ('wrong' in compared) return compared
  // Only the lock file knows what was released; an older commit may lack changes that a newer one allows.
  const spent =
    request.against === undefined ? findSpentAllows(basename(project.path), project.contracts, compared.changes) : []
  return { ...compared, warnings: [...compared.warnings, ...spent], project }
}
