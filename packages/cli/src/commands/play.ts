import { createTsxLoader, type Diagnostic, hashContract, loadConfig, loadContracts } from '@wsrv/codegen/api'
import { startPlayground } from '@wsrv/playground'
import type { Contract } from '@wsrv/schema'
import type { Command } from 'commander'
import { addProjectOptions, type CommandContext, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { reportProblems } from '../report.ts'

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
        return finish(reportProblems(EXIT.usage, [{ file: 'wsrv', message }]))
      }
      const playground = await startPlayground({ server, port, contract: loaded.contract })
      output.info(`The playground for ${server} is at ${playground.url}; Ctrl-C ends it.`)
      await interrupted()
      await playground.close()
    })
}

const MAX_PORT = 65_535

type Loaded = { readonly contract: Contract } | { readonly diagnostics: readonly Diagnostic[] }

async function loadContract(options: ProjectOptions, cwd: string): Promise<Loaded> {
  const loader = createTsxLoader()
  const project = await loadConfig({ ...options, cwd }, loader)
  if ('diagnostics' in project) return project
  const loaded = await loadContracts(project, loader)
  if ('diagnostics' in loaded) return loaded
  const names = [...loaded.contracts.keys()]
  const [contract] = loaded.contracts.values()
  if (contract !== undefined && names.length === 1) return { contract: { ...contract, hashes: hashContract(contract) } }
  return {
    diagnostics: [
      { file: options.config, message: `There are several contracts: choose with --contract ${names.join(' | ')}.` },
    ],
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
