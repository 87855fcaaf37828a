import { type Diagnostic, formatDiagnostic } from '@wsrv/codegen'
import { EXIT } from '../exit-code.ts'
import { count, type Output } from '../output.ts'
import type { Report } from '../report.ts'

/** Shows a report to people: warnings, problems, then what the command adds. */
export function showReport(output: Output, { problems, warnings, showProblems: showOwn, show }: Report): void {
  showWarnings(output, warnings)
  if (showOwn !== undefined) showOwn(output)
  else if (problems.length > 0) showProblems(output, problems)
  show?.(output)
}

/** Prints a report for machines: one JSON object, and nothing else. */
export function showJsonReport(output: Output, { show, showProblems, exitCode, ...report }: Report): void {
  output.info(JSON.stringify({ ok: exitCode === EXIT.ok, exitCode, ...report }, null, 2))
}

/** Shows problems as a compiler does: one line each, then how many. */
export function showProblems({ error, colors }: Output, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) error(formatDiagnostic(diagnostic))
  error(colors.red(`${count(diagnostics.length, 'problem')}`))
}

/** Shows warnings, which stop nothing. */
export function showWarnings({ error, colors }: Output, warnings: readonly Diagnostic[]): void {
  for (const warning of warnings) error(`${colors.yellow('warning')} ${formatDiagnostic(warning)}`)
}
