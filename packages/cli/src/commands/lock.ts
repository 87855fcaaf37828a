import { createTsxLoader, LOCK_FILE, type LockedProject, lockProject } from '@wsrv/codegen/api'
import type { Command } from 'commander'
import { addProjectOptions, type CommandContext, JSON_OPTION, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { type Report, reportFailure } from '../report.ts'

/** `wsrv lock`: records contracts as released. */
export function addLock(command: Command, { cwd, finish }: CommandContext): void {
  addProjectOptions(command)
    .option(...JSON_OPTION)
    .action(async (options: ProjectOptions) => {
      const locked = await lockProject({ ...options, cwd }, createTsxLoader())
      finish('wrong' in locked ? reportFailure(locked) : reportLocked(locked))
    })
}

function reportLocked({ change, warnings }: LockedProject): Report {
  return {
    exitCode: EXIT.ok,
    problems: [],
    warnings,
    files: change === 'unchanged' ? [] : [{ path: LOCK_FILE, change }],
    show: (output) => output.info(`${output.colors.green('wrote')} ${LOCK_FILE}`),
  }
}
