import type { Command } from 'commander'
import { DEFAULT_URL, readMs, readUrl } from '../client/read-options.ts'
import { type CommandContext, JSON_OPTION } from '../command.ts'
import type { ReplayCommandOptions } from '../serve/run-replay.ts'

/** `wsrv replay`: checks a server against a recording. */
export function addReplay(command: Command, context: CommandContext): void {
  command
    .argument('<file>', 'a recording, of wsrv record or of the playground')
    .option('--url <url>', 'server; default: env WSRV_URL', readUrl, process.env['WSRV_URL'] || DEFAULT_URL)
    .option('--ignore <rule>', 'may differ: data.users.*.name, or cmd:path; ** is any path; may be repeated', collect)
    .option('--auth <credentials>', 'in place of those that a recording leaves out: JSON or text')
    .option('--timeout-ms <ms>', 'how long each recorded message is waited for', readMs, DEFAULT_TIMEOUT_MS)
    .option(...JSON_OPTION)
    .action(async (file: string, options: ReplayCommandOptions) => {
      const { runReplay } = await import('../serve/run-replay.ts')
      await runReplay(file, options, context)
    })
}

function collect(text: string, others: readonly string[] = []): readonly string[] {
  return [...others, text]
}

const DEFAULT_TIMEOUT_MS = 2_000
