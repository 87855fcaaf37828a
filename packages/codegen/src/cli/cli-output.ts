import { createColors } from 'picocolors'
import { type Diagnostic, formatDiagnostic } from '../diagnostic.ts'
import type { DiffLine } from './diff-text.ts'

/** Where a command of the CLI says things, in colour where that is readable. */
export interface Output {
  /** A line on standard output. */
  readonly info: (line: string) => void
  /** A line on standard error. */
  readonly error: (line: string) => void
  readonly colors: ReturnType<typeof createColors>
}

/** The output of this process. */
export function openOutput(): Output {
  return {
    info: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    colors: createColors(wantsColors()),
  }
}

/**
 * Whether somebody looks at colours: what `NO_COLOR` and `FORCE_COLOR` say, in this order, else both streams being terminals.
 * A CI whose logs are read as text gets none.
 */
function wantsColors(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  // A stream that is no terminal has no `isTTY`, whatever its type says.
  return [process.stdout, process.stderr].every(({ isTTY }) => isTTY === true) && TERM !== 'dumb'
}

/** Prints problems as a compiler does: one line each, then how many. */
export function printProblems({ error, colors }: Output, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) error(formatDiagnostic(diagnostic))
  error(colors.red(`${count(diagnostics.length, 'problem')}`))
}

/** Prints warnings, which stop nothing. */
export function printWarnings({ error, colors }: Output, warnings: readonly Diagnostic[]): void {
  for (const warning of warnings) error(`${colors.yellow('warning')} ${formatDiagnostic(warning)}`)
}

/** Prints what changed in a file, indented below its name. */
export function printDiff({ error, colors }: Output, lines: readonly DiffLine[]): void {
  const paint = { same: (text: string) => text, removed: colors.red, added: colors.green, note: colors.dim }
  for (const { kind, text } of lines) error(`  ${paint[kind](text)}`)
}

/** `1 problem`, `2 problems`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
