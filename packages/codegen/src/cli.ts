import { Command, CommanderError } from 'commander'
import { runCodegen } from './cli-codegen.ts'
import { runDiff, runLock } from './cli-diff.ts'
import { runInit } from './cli-init.ts'
import { type Output, openOutput } from './cli-output.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { CONFIG_FILE } from './load-config.ts'
import { createTsxLoader } from './load-tsx.ts'
import { LOCK_FILE } from './lock-file.ts'
import { VERSION } from './version.ts'
import { watchCodegen } from './watch.ts'

/** Where the CLI runs. */
export interface CliSite {
  readonly cwd: string
  readonly output: Output
}

/**
 * Runs the CLI.
 *
 * @param args behind the program's name.
 */
export async function runCli(
  args: readonly string[],
  site: CliSite = { cwd: process.cwd(), output: openOutput() },
): Promise<ExitCode> {
  const outcome: { exitCode: ExitCode } = { exitCode: EXIT.ok }
  try {
    await buildProgram(site, outcome).parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    site.output.error(`wsrv: ${error instanceof Error ? error.message : String(error)}`)
    return EXIT.problems
  }
  return outcome.exitCode
}

interface CodegenOptions {
  readonly config: string
  readonly check?: boolean
  readonly watch?: boolean
}

interface DiffOptions {
  readonly config: string
  readonly against: string
  readonly json?: boolean
}

function buildProgram({ cwd, output }: CliSite, outcome: { exitCode: ExitCode }): Command {
  const program = new Command('wsrv')
    .description('Typed WebSocket APIs from one contract.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.info(text.trimEnd()),
      writeErr: (text) => output.error(text.trimEnd()),
    })
    .addHelpText('after', EXIT_HELP)
  program
    .command('init')
    .description('Start with a contract, a server and a test in this folder.')
    .action(() => {
      outcome.exitCode = runInit(cwd, output)
    })
  program
    .command('codegen')
    .description('Generate client, server and handler stubs from the schema files.')
    .option('-c, --config <path>', 'config file', CONFIG_FILE)
    .option('--check', 'write nothing; exit 1 when a file is stale')
    .option('-w, --watch', 'generate again at every change')
    .action(async ({ config, check = false, watch = false }: CodegenOptions) => {
      const loader = createTsxLoader()
      if (watch && check) program.error('error: --watch and --check exclude each other')
      if (watch) await watchCodegen({ config, cwd }, loader, output)
      else outcome.exitCode = await runCodegen({ config, cwd, check }, loader, output)
    })
  program
    .command('diff')
    .description('Compare the contract with an earlier one: what breaks deployed peers.')
    .option('-c, --config <path>', 'config file', CONFIG_FILE)
    .option('--against <ref or file>', 'git ref or lock file', LOCK_FILE)
    .option('--json', 'print JSON')
    .action(async ({ config, against, json = false }: DiffOptions) => {
      const request = { config, cwd, json, ...(against !== LOCK_FILE && { against }) }
      outcome.exitCode = await runDiff(request, createTsxLoader(), output)
    })
  program
    .command('docs')
    .description('Write the AsyncAPI document and the reference page.')
    .option('-c, --config <path>', 'config file', CONFIG_FILE)
    .action(async ({ config }: CodegenOptions) => {
      const request = { config, cwd, check: false, docsOnly: DOCS_FOLDER }
      outcome.exitCode = await runCodegen(request, createTsxLoader(), output)
    })
  program
    .command('lock')
    .description(`Remember the contract as released, in ${LOCK_FILE}.`)
    .option('-c, --config <path>', 'config file', CONFIG_FILE)
    .action(async ({ config }: CodegenOptions) => {
      outcome.exitCode = await runLock({ config, cwd }, createTsxLoader(), output)
    })
  return program
}

/** Where documents go when the config does not say. */
const DOCS_FOLDER = 'docs/api'

const EXIT_HELP = `
Exit codes:
  0  all is well
  1  the contract has problems or breaks deployed peers, or a file is stale
  2  the command line or the config is wrong
  3  a change of the contract needs a person to look at it`
