import type { Severity } from '../diff/contract-change.ts'
import { wrapText } from '../print/wrap-text.ts'
import { count, type Output } from './cli-output.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { ReportedChange } from './report.ts'

/** What changes exit with; those that the config allows do not count. */
export function exitCodeOf(changes: readonly ReportedChange[]): ExitCode {
  const left = changes.filter(({ allowed }) => allowed === undefined).map(({ severity }) => severity)
  if (left.includes('BREAKING')) return EXIT.problems
  return left.includes('REVIEW') ? EXIT.review : EXIT.ok
}

/** Prints changes for people: each with who breaks and what to do, then how many, below the name of each contract. */
export function sayChanges(
  output: Output,
  changes: readonly ReportedChange[],
  names: readonly (string | undefined)[],
): void {
  for (const name of names) {
    const own = changes.filter(({ contract }) => contract === name)
    if (name !== undefined) output.info(output.colors.underline(`contract ${name}`))
    for (const change of own) sayChange(output, change)
    output.info(own.length === 0 ? 'The contract has not changed.' : summary(own))
  }
}

function summary(changes: readonly ReportedChange[]): string {
  const left = changes.filter(({ allowed }) => allowed === undefined)
  const parts = SEVERITIES.map((severity) => {
    return `${left.filter((change) => change.severity === severity).length} ${severity}`
  })
  return `${count(changes.length, 'change')}: ${[...parts, `${changes.length - left.length} allowed`].join(', ')}`
}

const SEVERITIES: readonly Severity[] = ['BREAKING', 'REVIEW', 'SAFE']

function sayChange(output: Output, change: ReportedChange): void {
  const { id, severity, before, after, breaks, suggestion, allowed, deployFirst } = change
  const { colors } = output
  const paint = { BREAKING: colors.red, REVIEW: colors.yellow, SAFE: colors.green }[severity]
  output.info(`${allowed === undefined ? paint(severity) : colors.dim('ALLOWED')} ${colors.bold(id)}`)
  sayIndented(output, `${before} → ${after}`)
  if (allowed !== undefined) sayIndented(output, allowed, colors.dim)
  else if (breaks.length > 0) sayIndented(output, `Breaks a ${breaks.join(' and a ')}. ${suggestion}`)
  else if (deployFirst !== undefined) sayIndented(output, SERVERS_FIRST)
}

const SERVERS_FIRST = 'Deploy servers first: a new client may fail at a server that is not there yet.'

function sayIndented(output: Output, text: string, paint: (line: string) => string = (line) => line): void {
  for (const line of wrapText(text, TEXT_WIDTH)) output.info(`  ${paint(line)}`)
}

/** A terminal of 80 columns, less the indentation. */
const TEXT_WIDTH = 78
