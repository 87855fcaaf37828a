import { startPlayground } from '@wsrv/playground'
import type { Command } from 'commander'
import { readPort } from '../client/read-options.ts'
import { addProjectOptions, type CommandContext, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { interrupted } from '../interrupted.ts'
import { loadContract } from '../load-contract.ts'
import { reportProblems } from '../report.ts'

type PlayOptions = ProjectOptions & { readonly port: number; readonly raw?: boolean }

/** `wsrv play`: the playground for a server anywhere, from the contract of this project. */
export function addPlay(command: Command, { cwd, output, finish, stop }: CommandContext): void {
  addProjectOptions(command)
    .argument('<url>', 'WebSocket URL of the server, as ws://127.0.0.1:8800/ws')
    .option('-p, --port <number>', 'port of the page', readPort, 0)
    .option('--raw', 'without the contract: raw messages only')
    .action(async (server: string, options: PlayOptions) => {
      const loaded = options.raw ? { contract: undefined } : await loadContract(options, cwd)
      if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
      const playground = await startPlayground({ server, port: options.port, contract: loaded.contract })
      output.info(`The playground for ${server} is at ${playground.url}; Ctrl-C ends it.`)
      await interrupted(stop)
      await playground.close()
    })
}
