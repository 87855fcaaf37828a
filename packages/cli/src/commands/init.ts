import { type InitPlan, initProject } from '@wsrv/codegen/api'
import type { Command } from 'commander'
import { type CommandContext, JSON_OPTION } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { type Report, reportFailure } from '../report.ts'

/** `wsrv init`: a folder's first contract, server and test. */
export function addInit(program: Command, { cwd, finish }: CommandContext): void {
  program
    .command('init')
    .description('Start with a contract, a server and a test in this folder.')
    .option(...JSON_OPTION)
    .action(() => {
      const plan = initProject({ cwd, userAgent: process.env['npm_config_user_agent'] ?? '' })
      finish('wrong' in plan ? reportFailure(plan) : reportInit(plan))
    })
}

function reportInit(plan: InitPlan): Report {
  const { writes, kept, next } = plan
  return {
    exitCode: EXIT.ok,
    problems: [],
    warnings: [],
    files: [
      ...writes.map(({ path, change }) => ({ path, change })),
      ...kept.map((path) => ({ path, change: 'kept' }) as const),
    ],
    next: next.map(([command, does]) => ({ command, does })),
    show: (output) => showInit(output, plan),
  }
}

function showInit({ info, colors }: Output, { writes, kept, next, attach }: InitPlan): void {
  for (const { change, path } of writes) info(`${colors.green(change)} ${path}`)
  for (const path of kept) info(`${colors.dim('kept')} ${path}`)
  info('')
  const width = Math.max(...next.map(([command]) => command.length))
  for (const [command, does] of next) info(`  ${colors.bold(command.padEnd(width))}  ${colors.dim(does)}`)
  if (attach.length === 0) return
  info('')
  info(`Beside the app that you have, started with ${colors.bold('node --import tsx')}:`)
  for (const line of attach) info(`  ${line}`)
}
