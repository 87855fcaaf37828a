import { buildContract, type Contract } from '@wsrv/schema'
import { count, type Output, printProblems } from './cli-output.ts'
import { compareContracts } from './compare-contracts.ts'
import type { ContractChange, Severity } from './contract-change.ts'
import { toDiagnostic } from './diagnostic.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { loadConfig } from './load-config.ts'
import { loadReleased } from './load-released.ts'
import { loadSchema } from './load-schema.ts'
import type { Loader } from './loader.ts'
import { LOCK_FILE, printLock } from './lock-file.ts'
import { wrapText } from './wrap-text.ts'
import { writeFiles } from './write-files.ts'

/** What `wsrv diff` was asked. */
export interface DiffRequest {
  /** Path of the config file, relative to `cwd`. */
  readonly config: string
  readonly cwd: string
  /** Lock file or git ref; the project's lock file when left out. */
  readonly against?: string
  /** Print JSON for machines. */
  readonly json: boolean
}

/** Runs `wsrv diff`: compares the contract with an earlier one, for those who were deployed with it. */
export async function runDiff(request: DiffRequest, loader: Loader, output: Output): Promise<ExitCode> {
  const project = await loadContract(request, loader, output)
  if (typeof project === 'number') return project
  const released = await loadReleased(request.against, project, loader)
  if ('diagnostics' in released) {
    printProblems(output, released.diagnostics)
    return EXIT.usage
  }
  const changes = compareContracts(released.contract, project.contract).map((change) => judge(change, project.allow))
  if (request.json) output.info(JSON.stringify({ changes }, null, 2))
  else printChanges(changes, output)
  return exitCodeOf(changes)
}

/** Runs `wsrv lock`: remembers the contract as released. */
export async function runLock(
  request: Pick<DiffRequest, 'config' | 'cwd'>,
  loader: Loader,
  output: Output,
): Promise<ExitCode> {
  const project = await loadContract(request, loader, output)
  if (typeof project === 'number') return project
  writeFiles(project.root, [{ path: LOCK_FILE, text: printLock(project.contract), change: 'changed' }])
  output.info(`${output.colors.green('wrote')} ${LOCK_FILE}`)
  return EXIT.ok
}

interface LoadedContract {
  readonly contract: Contract
  readonly root: string
  readonly path: string
  readonly allow: Readonly<Record<string, string>>
}

async function loadContract(
  { config, cwd }: Pick<DiffRequest, 'config' | 'cwd'>,
  loader: Loader,
  output: Output,
): Promise<LoadedContract | ExitCode> {
  const loaded = await loadConfig(config, cwd, loader)
  if ('diagnostics' in loaded) {
    printProblems(output, loaded.diagnostics)
    return EXIT.usage
  }
  const { modules, diagnostics } = await loadSchema(loaded.config, loaded.root, loader)
  const { contract, problems } = buildContract(modules)
  const wrong = [...diagnostics, ...problems.map(toDiagnostic)]
  if (wrong.length === 0) return { contract, root: loaded.root, path: loaded.path, allow: loaded.config.allow ?? {} }
  printProblems(output, wrong)
  return EXIT.problems
}

/** A change with the reason for which the config allows it. */
interface JudgedChange extends ContractChange {
  readonly allowed?: string
}

function judge(change: ContractChange, allow: Readonly<Record<string, string>>): JudgedChange {
  const allowed = allow[change.id]
  return allowed === undefined ? change : { ...change, allowed }
}

function exitCodeOf(changes: readonly JudgedChange[]): ExitCode {
  const left = changes.filter(({ allowed }) => allowed === undefined).map(({ severity }) => severity)
  if (left.includes('BREAKING')) return EXIT.problems
  return left.includes('REVIEW') ? EXIT.review : EXIT.ok
}

function printChanges(changes: readonly JudgedChange[], output: Output): void {
  for (const change of changes) printChange(change, output)
  const counts = (['BREAKING', 'REVIEW', 'SAFE'] as const).map((severity): readonly [Severity, number] => {
    return [severity, changes.filter((change) => change.severity === severity && change.allowed === undefined).length]
  })
  const allowed = changes.filter((change) => change.allowed !== undefined).length
  const parts = [...counts.map(([severity, number]) => `${number} ${severity}`), `${allowed} allowed`]
  output.info(
    changes.length === 0 ? 'The contract has not changed.' : `${count(changes.length, 'change')}: ${parts.join(', ')}`,
  )
}

function printChange({ id, severity, before, after, breaks, suggestion, allowed }: JudgedChange, output: Output): void {
  const { colors } = output
  const paint = { BREAKING: colors.red, REVIEW: colors.yellow, SAFE: colors.green }[severity]
  output.info(`${allowed === undefined ? paint(severity) : colors.dim('ALLOWED')} ${colors.bold(id)}`)
  for (const line of wrapText(`${before} → ${after}`, TEXT_WIDTH)) output.info(`  ${line}`)
  if (allowed !== undefined) output.info(`  ${colors.dim(allowed)}`)
  else if (breaks.length > 0) {
    for (const line of wrapText(`Breaks a ${breaks.join(' and a ')}. ${suggestion}`, TEXT_WIDTH))
      output.info(`  ${line}`)
  }
}

/** A terminal of 80 columns, less the indentation. */
const TEXT_WIDTH = 78
