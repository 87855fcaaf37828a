import type { Output } from './cli-output.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { loadInitFiles } from './load-init-files.ts'
import { planInit } from './plan-init.ts'
import { openDisk, writeFiles } from './write-files.ts'

/** Runs `wsrv init`: a folder's first contract, server and test. Asks nothing, overwrites nothing. */
export function runInit(cwd: string, output: Output): ExitCode {
  const { colors } = output
  const site = { disk: openDisk(cwd), userAgent: process.env['npm_config_user_agent'] ?? '' }
  const { writes, kept, next } = planInit(loadInitFiles(), site)
  writeFiles(cwd, writes)
  for (const { change, path } of writes) output.info(`${colors.green(change)} ${path}`)
  for (const path of kept) output.info(`${colors.dim('kept')} ${path}`)
  output.info('')
  const width = Math.max(...next.map(([command]) => command.length))
  for (const [command, does] of next) output.info(`  ${colors.bold(command.padEnd(width))}  ${colors.dim(does)}`)
  return EXIT.ok
}
