import type { Diagnostic, Failure, ProjectChange } from '@wsrv/codegen/api'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { Output } from './output.ts'

/** What a command of the CLI found and did: printed for people, or as JSON for machines. */
export interface Report {
  readonly exitCode: ExitCode
  /** What has to be put right before anything is written. */
  readonly problems: readonly Diagnostic[]
  /** What a person should look at, though it stops nothing. */
  readonly warnings: readonly Diagnostic[]
  /** Files that were written, or with `--check` should be. */
  readonly files: readonly ReportedFile[]
  /** What `wsrv diff` found. */
  readonly changes?: readonly ProjectChange[]
  /** What `wsrv init` proposes to do next. */
  readonly next?: readonly NextStep[]
  /** Shows the problems to people; as a compiler does when left out. */
  readonly showProblems?: (output: Output) => void
  /** Shows people what is more than problems and warnings. */
  readonly show?: (output: Output) => void
}

/** A file that a command wrote, or that should be written. */
export interface ReportedFile {
  /** Relative to the config's folder. */
  readonly path: string
  readonly change: 'created' | 'changed' | 'renamed' | 'kept' | 'missing' | 'stale'
  /** Where it is, or was, before it is renamed. */
  readonly from?: string
  /** The contract that it belongs to, where a config holds several. */
  readonly contract?: string
}

/** Something to type or to write next. */
export interface NextStep {
  readonly command: string
  readonly does: string
}

/** A report that found problems and did nothing. */
export function reportProblems(exitCode: ExitCode, problems: readonly Diagnostic[]): Report {
  return { exitCode, problems, warnings: [], files: [] }
}

/** Reports why nothing was done. */
export function reportFailure({ wrong, diagnostics }: Failure): Report {
  return reportProblems(wrong === 'request' ? EXIT.usage : EXIT.problems, diagnostics)
}

/** Reports what is wrong with a command line. */
export function reportUsage(messages: readonly string[]): Report {
  return reportProblems(
    EXIT.usage,
    messages.map((message) => ({ file: 'wsrv', message })),
  )
}
