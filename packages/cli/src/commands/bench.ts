import type { Command } from 'commander'
import type { BenchOptions } from '../bench/bench-command.ts'
import { addConnectionOptions, RAW_OPTION } from '../client/connection.ts'
import { readTime, readWhole } from '../client/read-options.ts'
import { addProjectOptions, type CommandContext, JSON_OPTION } from '../command.ts'

/** `wsrv bench`: a command called again and again on many connections. */
export function addBench(command: Command, context: CommandContext): void {
  addConnectionOptions(addProjectOptions(command))
    .argument('<cmd>', 'the command, as chat.send')
    .argument('[words...]', 'its parameters in order, and a flag for each property')
    .option('--connections <number>', 'that call at the same time; default 10', readWhole(1, MAX_CONNECTIONS))
    .option('--in-flight <number>', 'calls of a connection at a time; default 1', readWhole(1, MAX_IN_FLIGHT))
    .option('--duration <time>', 'how long: 500ms, 10s, 2m; default 10s', readTime)
    .option('--data <json>', "the request's data, which parameters and flags are set in")
    .option('--yes', 'load a server that is not on this machine, too')
    .option(...RAW_OPTION)
    .option(...JSON_OPTION)
    .allowUnknownOption()
    .action(async (cmd: string, words: readonly string[], options: BenchOptions) => {
      const { bench } = await import('../bench/bench-command.ts')
      await bench({ cmd, words }, options, context)
    })
}

const MAX_CONNECTIONS = 10_000
const MAX_IN_FLIGHT = 1_000
