import { startPlayground } from '@wsrv/playground'
import type { Command } from 'commander'
import { addProjectOptions, type CommandContext, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { interrupted } from '../interrupted.ts'
import { loadContract } from '../load-contract.ts'
import { reportProblems, reportUsage } from '../report.ts'

type PlayOptions = ProjectOptions & { readonly port: string; readonly raw?: boolean }

/** `wsrv play`: the playground for a server anywhere, from the contract of this project. */
export function addPlay(program: Command, { cwd, output, finish }: CommandContext): void {
  addProjectOptions(program.command('play'))
    .description('Open a page that drives a server by the contract.')
    .argument('<url>', 'WebSocket URL of the server, as ws://127.0.0.1:8800/ws')
    .option('-p, --port <number>', 'port of the page', '0')
    .option('--raw', 'without the contract: raw messages only')
    .action(async (server: string, options: PlayOptions) => {
      const loaded = options.raw ? { contract: undefined } : await loadContract(options, cwd)
      if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
      const port = Number(options.port)
      if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
        const message = `--port must be a number from 0 to ${MAX_PORT}, got "${options.port}".`
        return finish(reportUsage([message]))
      }
      const playground = await startPlayground({ server, port, contract: loaded.contract })
      output.info(`The playground for ${server} is at ${playground.url}; Ctrl-C ends it.`)
      await interrupted()
      await playground.close()
    })
}

const MAX_PORT = 65_535
