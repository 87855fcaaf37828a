import { Command } from 'commander'
import type { AddCommand, CommandContext } from './command.ts'
import { addCall } from './commands/call.ts'
import { addCodegen } from './commands/codegen.ts'
import { addDiff } from './commands/diff.ts'
import { addDocs } from './commands/docs.ts'
import { addDoctor } from './commands/doctor.ts'
import { addInit } from './commands/init.ts'
import { addLock } from './commands/lock.ts'
import { addMock } from './commands/mock.ts'
import { addPing } from './commands/ping.ts'
import { addPlay } from './commands/play.ts'
import { addRecord } from './commands/record.ts'
import { addReplay } from './commands/replay.ts'
import { addTail } from './commands/tail.ts'
import { VERSION } from './version.ts'

/** The commands, in the order in which help lists them. */
const COMMANDS: readonly AddCommand[] = [
  addInit,
  addCodegen,
  addDiff,
  addDocs,
  addLock,
  addDoctor,
  addCall,
  addTail,
  addPing,
  addPlay,
  addMock,
  addRecord,
  addReplay,
]

/**
 * The program `wsrv` with all its commands.
 *
 * @param usage receives what is said about a wrong command line.
 */
export function buildProgram(context: CommandContext, usage: string[]): Command {
  const program = new Command('wsrv')
    .description('Typed WebSocket APIs from one contract.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.output.info(text.trimEnd()),
      writeErr: (text) => void usage.push(text.trimEnd()),
      getOutHelpWidth: () => HELP_WIDTH,
    })
    .showHelpAfterError('`wsrv --help` lists the commands, `wsrv <command> --help` the options of one.')
    .addHelpText('after', EXIT_HELP)
  for (const add of COMMANDS) add(program, context)
  return program
}

const HELP_WIDTH = 80

const EXIT_HELP = `
Exit codes:
  0  all is well
  1  the contract has problems or breaks deployed peers, or a file is stale
  2  the command line or the config is wrong
  3  a change of the contract needs a person to look at it
  call, tail, ping and replay: 1 the server refused or differs, 3 there is no connection to it`
