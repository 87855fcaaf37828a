import type { Diagnostic } from '../diagnostic.ts'
import { type ConfigRequest, loadConfig, type Project } from '../load/load-config.ts'
import { loadLockIfThere } from '../load/load-released.ts'
import type { Loader } from '../load/loader.ts'
import { LOCK_FILE } from '../load/lock-file.ts'
import { checkTsConfigs } from './check-tsconfigs.ts'
import { compareProject } from './compare-project.ts'
import { type ContractPlan, generateProject } from './generate-project.ts'
import { type Failure, wrongRequest } from './outcome.ts'

/** One thing that was looked at, with what was found. */
export interface Examination {
  /** What was looked at: `tsconfig`. */
  readonly of: string
  /** What has to be put right. */
  readonly problems: readonly Diagnostic[]
  /** What a person should look at. */
  readonly warnings: readonly Diagnostic[]
}

/** Looks for all that commonly goes wrong around a project, and changes nothing. */
export async function diagnoseProject(
  request: ConfigRequest,
  loader: Loader,
): Promise<readonly Examination[] | Failure> {
  const project = await loadConfig(request, loader)
  if ('diagnostics' in project) return wrongRequest(project.diagnostics)
  const outcome = await generateProject(project, { loader, check: true })
  const schema = { of: 'schema', problems: outcome.problems, warnings: [] }
  const tsconfig = { of: 'tsconfig', problems: await checkTsConfigs(project), warnings: [] }
  if (outcome.problems.length > 0) return [schema, tsconfig]
  const isWhole = request.contract === undefined
  return [
    schema,
    { of: 'generated files', problems: outcome.plans.flatMap(findStale), warnings: [] },
    { of: 'files left behind', problems: [], warnings: isWhole ? outcome.findOrphans() : [] },
    tsconfig,
    await examineLock(request, project, loader),
  ]
}

function findStale({ writes, name }: ContractPlan): readonly Diagnostic[] {
  return writes.map(({ path, change }) => ({
    file: path,
    message: `${change === 'created' ? 'there is no such file' : 'it is not what the schema says'}. Run \`wsrv codegen\`.`,
    ...(name !== undefined && { contracts: [name] }),
  }))
}

/** The lock file, and what the config allows since. */
async function examineLock(request: ConfigRequest, { root }: Project, loader: Loader): Promise<Examination> {
  const of = 'lock file and allowed changes'
  const locked = loadLockIfThere(root)
  if (locked === undefined) return { of, problems: [], warnings: [{ file: LOCK_FILE, message: NO_LOCK }] }
  if ('diagnostics' in locked) return { of, problems: locked.diagnostics, warnings: [] }
  const compared = await compareProject(request, loader)
  if ('wrong' in compared) return { of, problems: compared.diagnostics, warnings: [] }
  const unused = compared.unusedAllows.map(({ warning }) => warning)
  return { of, problems: compared.problems, warnings: [...compared.warnings, ...unused] }
}

const NO_LOCK =
  'there is none: `wsrv diff` knows of no release to compare with. `wsrv lock` writes it at each, or give `diff` --against.'
