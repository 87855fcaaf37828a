import type { Command } from 'commander'
import { readPort, readUrl } from '../client/read-options.ts'
import type { CommandContext } from '../command.ts'
import type { RecordOptions } from '../serve/run-record.ts'

/** `wsrv record`: stands between clients and a server, and writes down what they say. */
export function addRecord(command: Command, context: CommandContext): void {
  command
    .argument('<url>', 'WebSocket URL of the server, as ws://127.0.0.1:8800/ws', readUrl)
    .option('-o, --out <file>', 'where to write; default: standard output')
    .option('-p, --port <number>', 'port that clients connect to', readPort, DEFAULT_PORT)
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .action(async (server: string, options: Omit<RecordOptions, 'server'>) => {
      const { runRecord } = await import('../serve/run-record.ts')
      await runRecord({ ...options, server }, context)
    })
}

/** Beside that of the server. */
const DEFAULT_PORT = 8_801
