import { relative } from 'node:path'
import { CommanderError } from 'commander'
import type { Terminal } from './command.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type Output, openOutput } from './output.ts'
import { buildProgram } from './program.ts'
import { type Report, reportProblems } from './report.ts'
import { showJsonReport, showReport } from './show/show-report.ts'

/** Where the CLI runs. */
export interface CliContext {
  readonly cwd: string
  readonly output: Output
  /** Called by a command that goes on until the process is ended. */
  readonly watching?: () => void
  /** Asks a command to end, as Ctrl-C does. */
  readonly stop?: AbortSignal
  /** Default: that of the process. */
  readonly terminal?: Terminal
}

/**
 * Runs the CLI.
 *
 * @param args behind the program's name.
 */
export async function runCli(
  args: readonly string[],
  context: CliContext = { cwd: process.cwd(), output: openOutput() },
): Promise<ExitCode> {
  const { cwd, output, watching = () => {}, stop, terminal = openTerminal() } = context
  const json = args.includes('--json')
  const outcome: { exitCode: ExitCode } = { exitCode: EXIT.ok }
  const finish = (report: Report): void => {
    outcome.exitCode = report.exitCode
    if (json) showJsonReport(output, report)
    else showReport(output, report)
  }
  const exit = (exitCode: ExitCode): void => {
    outcome.exitCode = exitCode
  }
  const usage: string[] = []
  const restoreConsole = json ? redirectConsole() : () => {}
  try {
    const program = await buildProgram(args, { cwd, output, finish, exit, watching, stop, terminal }, usage)
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) finish(reportError(error, cwd))
    else if (error.exitCode !== 0) finish(reportWrongLine(usage.join('\n').trim()))
  } finally {
    restoreConsole()
  }
  return outcome.exitCode
}

function openTerminal(): Terminal {
  const { stdin, stdout } = process
  return { input: stdin, output: stdout, isInteractive: stdin.isTTY === true && stdout.isTTY === true }
}

/** Sends what schema files and emitters log to standard error, where it does not mix with the report. */
function redirectConsole(): () => void {
  const { log, info, debug, error } = console
  Object.assign(console, { log: error, info: error, debug: error })
  return () => void Object.assign(console, { log, info, debug })
}

/** What commander says about a wrong command line: the message, a proposal, where help is. People read it as it comes. */
function reportWrongLine(said: string): Report {
  const message = said.replace(/^error: /, '').replaceAll('\n', ' ')
  return { ...reportProblems(EXIT.usage, [{ file: 'wsrv', message }]), showProblems: ({ error }) => error(said) }
}

/** An error that no command foresaw: most of them are the disk's. */
function reportError(error: unknown, cwd: string): Report {
  const { code = '', path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  const reason = REASONS.get(code)
  const message = error instanceof Error ? error.message : String(error)
  const problem =
    reason === undefined || path === undefined || syscall?.startsWith('spawn')
      ? { file: 'wsrv', message: message.replaceAll(`${cwd}/`, '') }
      : { file: relative(cwd, path).replaceAll('\\', '/'), message: reason }
  return reportProblems(EXIT.problems, [problem])
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file, or no folder for it.'],
  ['EISDIR', 'it is a folder. Expected a file, or nothing, in its place.'],
  ['ENOTDIR', 'a part of its path is a file. Expected folders up to it.'],
  ['EEXIST', 'a part of its path is a file. Expected folders up to it.'],
  ['EACCES', 'it may not be read or written. Expected permission to do so.'],
  ['EPERM', 'it may not be read or written. Expected permission to do so.'],
  ['EROFS', 'it may not be written: the disk is read-only.'],
  ['ENOSPC', 'it cannot be written: the disk is full.'],
])
