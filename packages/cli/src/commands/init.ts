import { type BegunProject, createTsxLoader, initProject } from '@wsrv/codegen/api'
import type { Command } from 'commander'
import { type CommandContext, JSON_OPTION } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { type Report, reportFailure } from '../report.ts'
import { diffText, showDiff } from '../show/diff-text.ts'

/** `wsrv init`: a folder's first contract, server and test. */
export function addInit(command: Command, { cwd, finish }: CommandContext): void {
  command
    .option('--into <folder>', 'folder of the server; chosen by what is here')
    .option('--no-install', 'write only; install and generate by hand')
    .option('--dry-run', 'print what it would do, and do nothing')
    .option(...JSON_OPTION)
    .action(async ({ into, install, dryRun: isDry = false }: InitOptions) => {
      const userAgent = process.env['npm_config_user_agent'] ?? ''
      const begun = await initProject({ cwd, userAgent, into, isInstalling: install, isDry }, createTsxLoader())
      finish('wrong' in begun ? reportFailure(begun) : reportInit(begun, { isDry, isInstalling: install }))
    })
}

interface InitOptions {
  readonly into?: string
  readonly install: boolean
  readonly dryRun?: boolean
}

interface InitMode {
  readonly isDry: boolean
  readonly isInstalling: boolean
}

function reportInit(begun: BegunProject, mode: InitMode): Report {
  const { writes, kept, generated, next } = begun
  return {
    exitCode: EXIT.ok,
    problems: [],
    warnings: [],
    files: [
      ...writes.map(({ path, change }) => ({ path, change })),
      ...generated.map((path) => ({ path, change: 'created' }) as const),
      ...kept.map((path) => ({ path, change: 'kept' }) as const),
    ],
    next: next.map(([command, does]) => ({ command, does })),
    show: (output) => (mode.isDry ? showPlan(output, begun, mode) : showBegun(output, begun)),
  }
}

function showBegun(output: Output, { writes, kept, generated, ...begun }: BegunProject): void {
  const { info, colors } = output
  for (const { change, path } of writes) info(`${colors.green(change)} ${path}`)
  for (const path of generated) info(`${colors.green('generated')} ${path}`)
  for (const path of kept) info(`${colors.dim('kept')} ${path}`)
  showNext(output, begun)
}

/** Shows what a dry run would do, with what would change in a file that is there. */
function showPlan(output: Output, { writes, kept, manager, ...plan }: BegunProject, { isInstalling }: InitMode): void {
  const { info, colors } = output
  for (const { change, path, text, before } of writes) {
    info(`${colors.green(change === 'created' ? 'would create' : 'would change')} ${path}`)
    if (before !== undefined) showDiff({ ...output, error: info }, diffText(before, text))
  }
  for (const path of kept) info(`${colors.dim('would keep')} ${path}`)
  if (isInstalling) info(`${colors.green('would run')} ${manager} install, wsrv codegen`)
  showNext(output, plan)
}

type Next = Pick<BegunProject, 'next' | 'attach' | 'needsTsx'>

function showNext({ info, colors }: Output, { next, attach, needsTsx }: Next): void {
  info('')
  const width = Math.max(...next.map(([command]) => command.length))
  for (const [command, does] of next) info(`  ${colors.bold(command.padEnd(width))}  ${colors.dim(does)}`)
  if (attach.length === 0) return
  info('')
  info(`Beside the app that you have${needsTsx ? `, started with ${colors.bold('node --import tsx')}` : ''}:`)
  for (const line of attach) info(`  ${line}`)
}
