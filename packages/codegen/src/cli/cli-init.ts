import { loadInitFiles } from '../load-init-files.ts'
import { openDisk, writeFiles } from '../write/write-files.ts'
import { EXIT } from './exit-code.ts'
import { planInit } from './plan-init.ts'
import { type Report, reportProblems } from './report.ts'

/** Runs `wsrv init`: a folder's first contract, server and test. Asks nothing, overwrites nothing. */
export function runInit(cwd: string): Report {
  const site = { disk: openDisk(cwd), userAgent: process.env['npm_config_user_agent'] ?? '' }
  const plan = planInit(loadInitFiles(), site)
  if ('diagnostics' in plan) return reportProblems(EXIT.usage, plan.diagnostics)
  const { writes, kept, next, attach } = plan
  writeFiles(cwd, writes)
  return {
    exitCode: EXIT.ok,
    problems: [],
    warnings: [],
    files: [
      ...writes.map(({ path, change }) => ({ path, change })),
      ...kept.map((path) => ({ path, change: 'kept' }) as const),
    ],
    next: next.map(([command, does]) => ({ command, does })),
    say: ({ info, colors }) => {
      for (const { change, path } of writes) info(`${colors.green(change)} ${path}`)
      for (const path of kept) info(`${colors.dim('kept')} ${path}`)
      info('')
      const width = Math.max(...next.map(([command]) => command.length))
      for (const [command, does] of next) info(`  ${colors.bold(command.padEnd(width))}  ${colors.dim(does)}`)
      if (attach.length === 0) return
      info('')
      info(`Beside the app that you have, started with ${colors.bold('node --import tsx')}:`)
      for (const line of attach) info(`  ${line}`)
    },
  }
}
