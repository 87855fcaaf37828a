import { Command } from 'commander'
import { CONFIG_FILE } from '../config/config.ts'
import { LOCK_FILE } from '../diff/lock-file.ts'
import { createTsxLoader } from '../load/load-tsx.ts'
import { VERSION } from '../version.ts'
import type { AllowRequest } from './allow-changes.ts'
import { runCodegen } from './cli-codegen.ts'
import { runDiff } from './cli-diff.ts'
import { runInit } from './cli-init.ts'
import { runLock } from './cli-lock.ts'
import type { Output } from './cli-output.ts'
import type { Report } from './report.ts'
import { watchCodegen } from './watch.ts'

/** What the commands run with. */
export interface ProgramSite {
  readonly cwd: string
  readonly output: Output
  /** Takes what a command reports. */
  readonly finish: (report: Report) => void
  /** Gets what is said of a wrong command line. */
  readonly usage: string[]
}

/** The commands of `wsrv` with their options. */
export function buildProgram(site: ProgramSite): Command {
  const program = new Command('wsrv')
    .description('Typed WebSocket APIs from one contract.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => site.output.info(text.trimEnd()),
      writeErr: (text) => void site.usage.push(text.trimEnd()),
      getOutHelpWidth: () => HELP_WIDTH,
    })
    .showHelpAfterError('`wsrv --help` lists the commands, `wsrv <command> --help` the options of one.')
    .addHelpText('after', EXIT_HELP)
  addInit(program, site)
  addCodegen(program, site)
  addDiff(program, site)
  addDocs(program, site)
  addLock(program, site)
  return program
}

const HELP_WIDTH = 80

/** What every command that reads a config takes. */
interface ProjectOptions {
  readonly config: string
  readonly contract?: string
}

function addInit(program: Command, { cwd, finish }: ProgramSite): void {
  program
    .command('init')
    .description('Start with a contract, a server and a test in this folder.')
    .option(...JSON_OPTION)
    .action(() => finish(runInit(cwd)))
}

function addCodegen(program: Command, { cwd, output, finish }: ProgramSite): void {
  addProjectOptions(program.command('codegen'))
    .description('Generate client, server and handler stubs from the schema files.')
    .option('--check', 'write nothing; exit 1 when a file is stale')
    .option('-w, --watch', 'generate again at every change')
    .option(...JSON_OPTION)
    .action(async ({ check = false, watch = false, json, ...options }: CodegenOptions, command: Command) => {
      if (watch && check) command.error('error: --watch and --check exclude each other')
      if (watch && json) command.error('error: --watch and --json exclude each other')
      const loader = createTsxLoader()
      if (watch) await watchCodegen({ ...options, cwd }, loader, output)
      else finish(await runCodegen({ ...options, cwd, check }, loader))
    })
}

interface CodegenOptions extends ProjectOptions {
  readonly check?: boolean
  readonly watch?: boolean
  readonly json?: boolean
}

function addDiff(program: Command, { cwd, finish }: ProgramSite): void {
  addProjectOptions(program.command('diff'))
    .description('Compare the contract with an earlier one: what breaks deployed peers.')
    .option('--against <ref or file>', 'git ref or lock file', LOCK_FILE)
    .option('--allow <change>', 'let a change pass; may be repeated', (id, ids: readonly string[] = []) => [...ids, id])
    .option('--reason <why>', 'why it may pass; the config remembers it')
    .option(...JSON_OPTION)
    .action(async ({ against, allow = [], reason, ...options }: DiffOptions, command: Command) => {
      const request = { ...options, cwd, ...(against !== LOCK_FILE && { against }) }
      const allowed = readAllow(allow, reason, command)
      finish(await runDiff({ ...request, ...(allowed && { allow: allowed }) }, createTsxLoader()))
    })
}

interface DiffOptions extends ProjectOptions {
  readonly against: string
  readonly allow?: readonly string[]
  readonly reason?: string
}

function readAllow(ids: readonly string[], reason: string | undefined, command: Command): AllowRequest | undefined {
  if (ids.length === 0) {
    if (reason !== undefined) command.error("error: --reason is given without a change: --allow '<change>'")
    return undefined
  }
  if (reason === undefined || reason.trim() === '') {
    command.error("error: --allow needs the reason why the change may pass: --reason '<why>'")
  }
  return { ids, reason: reason.trim() }
}

function addDocs(program: Command, { cwd, finish }: ProgramSite): void {
  addProjectOptions(program.command('docs'))
    .description('Write the AsyncAPI document and the reference page.')
    .option(...JSON_OPTION)
    .action(async (options: ProjectOptions) => {
      finish(await runCodegen({ ...options, cwd, check: false, docsOnly: DOCS_FOLDER }, createTsxLoader()))
    })
}

function addLock(program: Command, { cwd, finish }: ProgramSite): void {
  addProjectOptions(program.command('lock'))
    .description(`Remember the contract as released, in ${LOCK_FILE}.`)
    .option(...JSON_OPTION)
    .action(async (options: ProjectOptions) => finish(await runLock({ ...options, cwd }, createTsxLoader())))
}

function addProjectOptions(command: Command): Command {
  return command
    .option('-c, --config <path>', 'config file', CONFIG_FILE)
    .option('--contract <name>', 'only this one of the contracts in the config')
}

const JSON_OPTION = ['--json', 'print one JSON object for machines'] as const

/** Where documents go when the config does not say. */
const DOCS_FOLDER = 'docs/api'

const EXIT_HELP = `
Exit codes:
  0  all is well
  1  the contract has problems or breaks deployed peers, or a file is stale
  2  the command line or the config is wrong
  3  a change of the contract needs a person to look at it`
