import { Command, CommanderError } from 'commander'
import { runCodegen } from './cli-codegen.ts'
import { type Output, openOutput } from './cli-output.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { CONFIG_FILE } from './load-config.ts'
import { createTsxLoader } from './load-tsx.ts'
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
  return program
}

const EXIT_HELP = `
Exit codes:
  0  all is well
  1  the contract has problems, or a file is stale
  2  the command line or the config is wrong`
