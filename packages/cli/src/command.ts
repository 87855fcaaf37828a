import { CONFIG_FILE } from '@wsrv/codegen'
import type { Command } from 'commander'
import type { ExitCode } from './exit-code.ts'
import type { Output } from './output.ts'
import type { Report } from './report.ts'

/** What a command runs with. */
export interface CommandContext {
  readonly cwd: string
  readonly output: Output
  /** Takes what the command reports, once, at its end. */
  readonly finish: (report: Report) => void
  /** Takes what the program exits with, of a command that has shown everything itself. */
  readonly exit: (exitCode: ExitCode) => void
  /** Says that the command goes on until the process is ended. */
  readonly watching: () => void
  /** Ends what goes on until Ctrl-C, as that does. */
  readonly stop: AbortSignal | undefined
  /** Where lines are typed. */
  readonly terminal: Terminal
}

/** Where a command reads lines, with a prompt where people type them. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Whether people type, so that there are a prompt, completion and history. */
  readonly isInteractive: boolean
}

/** Adds the options and the action of a command: a file in `commands/` exports one, and `program.ts` lists it. */
export type AddCommand = (command: Command, context: CommandContext) => void

/** What every command that reads a config takes. */
export interface ProjectOptions {
  readonly config: string
  readonly contract?: string
}

/** Adds the options of {@link ProjectOptions} to a command. */
export function addProjectOptions(command: Command): Command {
  return command
    .option('-c, --config <path>', 'config file', CONFIG_FILE)
    .option('--contract <name>', 'only this one of the contracts in the config')
}

/** The option that prints a {@link Report} as JSON; `runCli` reads it. */
export const JSON_OPTION = ['--json', 'print one JSON object for machines'] as const
