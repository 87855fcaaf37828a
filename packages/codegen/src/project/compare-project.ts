import { basename } from 'node:path'
import { sortChanges } from '../diff/contract-change.ts'
import { type ConfigRequest, loadConfig, type Project } from '../load/load-config.ts'
import { loadReleased } from '../load/load-released.ts'
import { loadContracts } from '../load/load-schema.ts'
import type { Loader } from '../load/loader.ts'
import { LOCK_FILE } from '../load/lock-file.ts'
import { type Comparison, compareReleased } from './compare-released.ts'
import { findUnusedAllows, type UnusedAllow } from './match-allows.ts'
import type { ProjectChange } from './outcome.ts'
import { type Failure, wrongContract, wrongRequest } from './outcome.ts'

/** What a project's contracts are compared with. */
export interface CompareRequest extends ConfigRequest {
  /** Lock file or git ref, or several with commas between them; the project's lock file when left out. */
  readonly against?: string
}

/** A project with what changed in its contracts. */
export interface ComparedProject extends Comparison {
  readonly project: Project
  readonly unusedAllows: readonly UnusedAllow[]
}

/** Compares a project's contracts with earlier ones, for peers that were deployed with those. */
export async function compareProject(request: CompareRequest, loader: Loader): Promise<ComparedProject | Failure> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return wrongRequest(project.diagnostics)
  const now = await loadContracts(project, loader)
  if ('diagnostics' in now) return wrongContract(now.diagnostics)
  const sources = request.against?.split(',').map((source) => source.trim()) ?? [undefined]
  const all: Since[] = []
  for (const source of sources) {
    const then = await loadReleased(source, project, loader)
    if ('diagnostics' in then) return wrongRequest(then.diagnostics)
    const versions = {
      released: then.contracts,
      current: now.contracts,
      source: source ?? LOCK_FILE,
      isWhole: request.contract === undefined,
    }
    const comparison = compareReleased(versions, project.contracts)
    if ('wrong' in comparison) return comparison
    all.push({ ...comparison, source: versions.source })
  }
  const compared = mergeComparisons(all)
  // Only the lock file knows what was released; an older commit may lack changes that a newer one allows.
  const since = { changes: compared.changes, isSinceRelease: request.against === undefined }
  const unusedAllows = findUnusedAllows(basename(project.path), project.contracts, since)
  return { ...compared, unusedAllows, project }
}

interface Since extends Comparison {
  readonly source: string
}

/** What changed since any of several versions: what is the very same change since several is one. */
function mergeComparisons(all: readonly Since[]): Comparison {
  const [only, ...others] = all
  if (only !== undefined && others.length === 0) return only
  const merged = new Map<string, ProjectChange>()
  for (const { changes, source } of all) {
    for (const change of changes) {
      const { contract, id, severity, before, after } = change
      const key = JSON.stringify([contract, id, severity, before, after])
      const against = [...new Set([...(merged.get(key)?.against ?? []), source])]
      merged.set(key, { ...change, against })
    }
  }
  return {
    changes: sortChanges([...merged.values()]),
    problems: all.flatMap(({ problems }) => problems),
    warnings: all.flatMap(({ warnings }) => warnings),
  }
}
