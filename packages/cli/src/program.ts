import { Command } from 'commander'
import type { AddCommand, CommandContext } from './command.ts'
import { VERSION } from './version.ts'

/** One command: what help says of it, and the rest, which is loaded when it is asked for. */
interface Verb {
  readonly name: string
  readonly description: string
  readonly load: () => Promise<AddCommand>
}

/** The commands, in the order in which help lists them. */
const VERBS: readonly Verb[] = [
  {
    name: 'init',
    description: 'Start with a contract, a server and a test in this folder.',
    load: async () => (await import('./commands/init.ts')).addInit,
  },
  {
    name: 'codegen',
    description: 'Generate client, server and handler stubs from the schema files.',
    load: async () => (await import('./commands/codegen.ts')).addCodegen,
  },
  {
    name: 'doctor',
    description:
      'Look for stale files, tsconfigs that do not fit, and what is wrong with lock file and allowed changes.',
    load: async () => (await import('./commands/doctor.ts')).addDoctor,
  },
  {
    name: 'diff',
    description: 'Compare the contract with an earlier one: what breaks deployed peers.',
    load: async () => (await import('./commands/diff.ts')).addDiff,
  },
  {
    name: 'docs',
    description: 'Write the AsyncAPI document and the reference page.',
    load: async () => (await import('./commands/docs.ts')).addDocs,
  },
  {
    name: 'lock',
    description: 'Remember the contract as released, in wsrv.lock.json.',
    load: async () => (await import('./commands/lock.ts')).addLock,
  },
  {
    name: 'call',
    description: 'Call a command of a server; flags and parameters come from the contract.',
    load: async () => (await import('./commands/call.ts')).addCall,
  },
  {
    name: 'tail',
    description: 'Print pushes as they come, until Ctrl-C.',
    load: async () => (await import('./commands/tail.ts')).addTail,
  },
  {
    name: 'ping',
    description: 'Measure round trips to a server.',
    load: async () => (await import('./commands/ping.ts')).addPing,
  },
  {
    name: 'repl',
    description: 'Call line by line on one connection, with completion and history; pushes are shown.',
    load: async () => (await import('./commands/repl.ts')).addRepl,
  },
  {
    name: 'bench',
    description: 'Call a command again and again on many connections: calls per second, percentiles.',
    load: async () => (await import('./commands/bench.ts')).addBench,
  },
  {
    name: 'play',
    description: 'Open a page that drives a server by the contract.',
    load: async () => (await import('./commands/play.ts')).addPlay,
  },
  {
    name: 'mock',
    description: 'Serve the contract with plausible answers, before there is a server.',
    load: async () => (await import('./commands/mock.ts')).addMock,
  },
  {
    name: 'record',
    description: 'Write down what clients and a server say: JSON lines, credentials left out.',
    load: async () => (await import('./commands/record.ts')).addRecord,
  },
  {
    name: 'replay',
    description: 'Say to a server what recorded clients said, and compare what it answers.',
    load: async () => (await import('./commands/replay.ts')).addReplay,
  },
  {
    name: 'complete',
    description: 'Print the script with which bash, zsh or fish completes command lines.',
    load: async () => (await import('./commands/complete.ts')).addComplete,
  },
]

/**
 * The program `wsrv` with all its commands.
 *
 * @param args the command line; only the command that it names is loaded, so that the others cost no time.
 * @param usage receives what is said about a wrong command line.
 */
export async function buildProgram(
  args: readonly string[],
  context: CommandContext,
  usage: string[],
): Promise<Command> {
  const program = new Command('wsrv')
    .description('Typed WebSocket APIs from one contract.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.output.info(text.trimEnd()),
      writeErr: (text) => void usage.push(text.trimEnd()),
      getOutHelpWidth: () => HELP_WIDTH,
    })
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showHelpAfterError('`wsrv --help` lists the commands, `wsrv <command> --help` the options of one.')
    .addHelpText('after', EXIT_HELP)
  const asked = args.filter((arg) => !arg.startsWith('-'))
  // Help and completion ask about another command.
  const named = asked.slice(0, asked[0] === 'help' || asked[0] === 'complete' ? 2 : 1)
  for (const { name, description, load } of VERBS) {
    const command = program.command(name).description(description)
    if (named.includes(name)) (await load())(command, context)
  }
  return program
}

const HELP_WIDTH = 80

const EXIT_HELP = `
Exit codes:
  0  all is well
  1  the contract has problems or breaks deployed peers, or a file is stale
  2  the command line or the config is wrong
  3  a change of the contract needs a person to look at it
Commands that talk to a server: 1 it refused, or differs; 3 cannot be reached`
