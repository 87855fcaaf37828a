import { basename } from 'node:path'
import { checkOwners } from '../config/check-files.ts'
import { claimOutputs } from '../config/claim-outputs.ts'
import { type Diagnostic, mergeDiagnostics, ofContract } from '../diagnostic.ts'
import { type Generation, generate } from '../generate.ts'
import type { Project } from '../load/load-config.ts'
import { loadLockIfThere } from '../load/load-released.ts'
import { loadSchema } from '../load/load-schema.ts'
import type { Loader } from '../load/loader.ts'
import type { NamedContracts } from '../load/lock-file.ts'
import type { Memo } from '../memo.ts'
import { lazyHandlerEditor } from '../write/lazy-handler-editor.ts'
import { openDisk } from '../write/open-disk.ts'
import { type Plan, planWrites } from '../write/plan-writes.ts'
import { writeFiles } from '../write/write-files.ts'
import { findOrphans } from './find-orphans.ts'
import { docsOf } from './only-docs.ts'

/** How a project is generated. */
export interface GenerateOptions {
  readonly loader: Loader
  /** Write nothing. */
  readonly check: boolean
  /** What earlier runs left. */
  readonly memo?: Memo
}

/** What one contract needs written. */
export interface ContractPlan extends Plan {
  /** Of the contract, where a config holds several. */
  readonly name: string | undefined
}

/** How a run of the generator ended. */
export interface Outcome {
  /** What is wrong with the schema, an emitter or an output's path. Only beside an emitter that failed is anything written. */
  readonly problems: readonly Diagnostic[]
  /** What was written, or with `check` should be. */
  readonly plans: readonly ContractPlan[]
  /** Files that the schema is made of; absolute. */
  readonly imports: readonly string[]
  readonly tookMs: number
  /** Finds the handlers that do not fit any more; takes a second where any might not. */
  readonly checkHandlers: () => Promise<readonly Diagnostic[]>
  /**
   * Finds what earlier runs wrote below the config's folder and no contract of the project names any more; reads the heads
   * of its files. Means nothing where the project is only a part of its config.
   */
  readonly findOrphans: () => readonly Diagnostic[]
}

/** Loads the schema of a project, generates, and writes (or only checks) what changed; nothing when anything is wrong. */
export async function generateProject(project: Project, { loader, check, memo }: GenerateOptions): Promise<Outcome> {
  const startedAt = performance.now()
  const { schemas, imports, diagnostics } = await loadSchema(project, loader)
  const { root, path, contracts } = project
  const file = basename(path)
  const { released, diagnostics: wrongLock = [] } = loadLock(project, memo)
  const generated = contracts.map(({ name, config }, index) => ({
    name,
    ...generate(config, schemas[index] ?? [], { configFile: file, released: released.get(name), memo }),
  }))
  memo?.commands.endRun()
  memo?.locks.endRun()
  memo?.patterns.endRun()
  const problems = [...diagnostics, ...wrongLock, ...problemsOf(generated, file)]
  const failures = generated.flatMap((one) => ofContract(one.failures, one.name))
  const plans = problems.length > 0 ? [] : await planContracts(generated, root)
  problems.push(...failures, ...mergeDiagnostics(plans.flatMap((plan) => ofContract(plan.problems, plan.name))))
  if (plans.some((plan) => plan.problems.length > 0)) plans.length = 0
  if (!check) for (const { writes } of plans) writeFiles(root, writes)
  const tookMs = performance.now() - startedAt
  return {
    problems,
    plans,
    imports,
    tookMs,
    checkHandlers: async () => (check ? [] : checkSuspects(root, plans)),
    findOrphans: () => (plans.length === 0 ? [] : findOrphans(root, listOutputs(project, generated))),
  }
}

/** What was released last, for servers to know what changed since. */
function loadLock({ contracts, root }: Project, memo: Memo | undefined): ReleasedContracts {
  const hasServer = contracts.some(({ config }) => config.server !== undefined)
  const lock = hasServer ? loadLockIfThere(root, memo) : undefined
  if (lock === undefined) return { released: new Map() }
  return 'diagnostics' in lock ? { released: new Map(), ...lock } : { released: lock.contracts }
}

interface ReleasedContracts {
  readonly released: NamedContracts
  readonly diagnostics?: readonly Diagnostic[]
}

/** All files that a project generates, the documents included that `wsrv docs` writes where the config names none. */
function listOutputs({ contracts }: Project, generated: readonly NamedGeneration[]): ReadonlySet<string> {
  const undocumented = contracts.filter(({ config }) => config.docs === undefined).map(docsOf)
  return new Set([
    ...generated.flatMap(({ files }) => files.map(({ path }) => path)),
    ...undocumented.flatMap(({ config }) => claimOutputs(config).map(({ path }) => path)),
  ])
}

async function planContracts(generated: readonly NamedGeneration[], root: string): Promise<ContractPlan[]> {
  const disk = openDisk(root)
  const plans: ContractPlan[] = []
  for (const { name, files, warnings } of generated) {
    const plan = await planWrites(files, disk, lazyHandlerEditor)
    plans.push({ name, ...plan, warnings: [...warnings, ...plan.warnings] })
  }
  return plans
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

/**
 * Asks the compiler about the handlers that may not fit any more, once all is written. Loads it only when there are any: it
 * takes a second, which a run that concerns no handler does not wait for.
 */
async function checkSuspects(root: string, plans: readonly ContractPlan[]): Promise<readonly Diagnostic[]> {
  if (plans.every(({ suspects }) => suspects.length === 0)) return []
  const { checkHandlerTypes } = await import('../write/check-handler-types.ts')
  const changed = plans
    .flatMap(({ writes }) => writes)
    .flatMap(({ path, from = path, before }) => (before === undefined ? [] : [[from, before] as const]))
  const before = new Map(changed)
  return plans.flatMap(({ name, suspects }) => ofContract(checkHandlerTypes({ root, suspects, before }), name))
}
