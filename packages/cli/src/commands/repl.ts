import type { Command } from 'commander'
import { addConnectionOptions, RAW_OPTION } from '../client/connection.ts'
import { addProjectOptions, type CommandContext, JSON_OPTION } from '../command.ts'
import type { ReplOptions } from '../repl/run-repl.ts'

/** `wsrv repl`: one call per line, on one connection. */
export function addRepl(command: Command, context: CommandContext): void {
  addConnectionOptions(addProjectOptions(command))
    .option(...RAW_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      '\nLines are those of `wsrv call`: register --uid 7. Tab completes.\n.help and .exit are its own.',
    )
    .action(async (options: ReplOptions) => {
      const { runRepl } = await import('../repl/run-repl.ts')
      await runRepl(options, context)
    })
}
