import { type Output, printProblems, printWarnings } from './cli-output.ts'
import { EXIT } from './exit-code.ts'
import type { Report } from './report.ts'

/** Prints a report for people: warnings, problems, then what the command says of itself. */
export function printReport(output: Output, { problems, warnings, sayProblems, say }: Report): void {
  printWarnings(output, warnings)
  if (sayProblems !== undefined) sayProblems(output)
  else if (problems.length > 0) printProblems(output, problems)
  say?.(output)
}

/** Prints a report for machines: one JSON object, and nothing else. */
export function printJsonReport(output: Output, { say, sayProblems, exitCode, ...report }: Report): void {
  output.info(JSON.stringify({ ok: exitCode === EXIT.ok, exitCode, ...report }, null, 2))
}
