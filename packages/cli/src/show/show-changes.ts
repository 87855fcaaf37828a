import type { Severity } from '@wsrv/codegen'
import type { ComparedProject, ProjectChange } from '@wsrv/codegen/api'
import { Help } from 'commander'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { count, type Output } from '../output.ts'
import type { Report, ReportedFile } from '../report.ts'

/** Reports the changes of a project's contracts. */
export function reportChanges(compared: ComparedProject, files: readonly ReportedFile[] = []): Report {
  const { changes, problems, unusedAllows, project } = compared
  const names = project.contracts.map(({ name }) => name)
  return {
    exitCode: problems.length > 0 ? EXIT.problems : exitCodeOf(changes),
    problems,
    warnings: [...compared.warnings, ...unusedAllows.map(({ warning }) => warning)],
    files,
    changes,
    show: (output) => {
      showChanges(output, changes, names)
      for (const { change, path } of files) output.info(`${output.colors.green(change)} ${path}`)
    },
  }
}

/** What changes exit with; those that the config allows do not count. */
function exitCodeOf(changes: readonly ProjectChange[]): ExitCode {
  const left = changes.filter(({ allowed }) => allowed === undefined).map(({ severity }) => severity)
  if (left.includes('BREAKING')) return EXIT.problems
  return left.includes('REVIEW') ? EXIT.review : EXIT.ok
}

/** Shows changes to people: each with which peers break and what to do, then how many, below the name of each contract. */
function showChanges(output: Output, changes: readonly ProjectChange[], names: readonly (string | undefined)[]): void {
  for (const name of names) {
    const own = changes.filter(({ contract }) => contract === name)
    if (name !== undefined) output.info(output.colors.underline(`contract ${name}`))
    for (const change of own) showChange(output, change)
    for (const line of nameSharedTypes(own)) output.info(line)
    output.info(own.length === 0 ? 'The contract has not changed.' : summary(own))
  }
}

/** Where a type that commands share makes the same change in several places: how to let them all pass by one entry. */
function nameSharedTypes(changes: readonly ProjectChange[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { sharedType, severity, allowed } of changes) {
    if (sharedType === undefined || severity === 'SAFE' || allowed !== undefined) continue
    counts.set(sharedType, (counts.get(sharedType) ?? 0) + 1)
  }
  const several = [...counts].filter(([, places]) => places > 1)
  return several.map(([name, places]) => `${places} of them are one change of a shared type: '${name}'`)
}

function summary(changes: readonly ProjectChange[]): string {
  const left = changes.filter(({ allowed }) => allowed === undefined)
  const parts = SEVERITIES.map((severity) => {
    return `${left.filter((change) => change.severity === severity).length} ${severity}`
  })
  return `${count(changes.length, 'change')}: ${[...parts, `${changes.length - left.length} allowed`].join(', ')}`
}

const SEVERITIES: readonly Severity[] = ['BREAKING', 'REVIEW', 'SAFE']

function showChange(output: Output, change: ProjectChange): void {
  const { id, severity, before, after, breaks, suggestion, allowed, deployFirst, against } = change
  const { colors } = output
  const paint = { BREAKING: colors.red, REVIEW: colors.yellow, SAFE: colors.green }[severity]
  output.info(`${allowed === undefined ? paint(severity) : colors.dim('ALLOWED')} ${colors.bold(id)}`)
  showIndented(output, `${before} → ${after}${against === undefined ? '' : ` (since ${against.join(', ')})`}`)
  if (allowed !== undefined) showIndented(output, allowed, colors.dim)
  else if (breaks.length > 0) showIndented(output, `Breaks a ${breaks.join(' and a ')}. ${suggestion}`)
  else if (deployFirst !== undefined) showIndented(output, SERVERS_FIRST)
}

const SERVERS_FIRST = 'Deploy servers first: a new client may fail at a server that is not there yet.'

function showIndented(output: Output, text: string, paint: (line: string) => string = (line) => line): void {
  for (const line of new Help().boxWrap(text, TEXT_WIDTH).split('\n')) output.info(`  ${paint(line)}`)
}

/** A terminal of 80 columns, less the indentation. */
const TEXT_WIDTH = 78
