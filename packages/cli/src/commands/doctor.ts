import { createTsxLoader, diagnoseProject, type Examination } from '@wsrv/codegen/api'
import type { Command } from 'commander'
import { addProjectOptions, type CommandContext, JSON_OPTION, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { type Report, reportFailure } from '../report.ts'

/** `wsrv doctor`: what commonly goes wrong around a project. */
export function addDoctor(command: Command, { cwd, finish }: CommandContext): void {
  addProjectOptions(command)
    .option(...JSON_OPTION)
    .action(async (options: ProjectOptions) => {
      const examined = await diagnoseProject({ ...options, cwd }, createTsxLoader())
      finish('wrong' in examined ? reportFailure(examined) : reportExaminations(examined))
    })
}

function reportExaminations(examined: readonly Examination[]): Report {
  const problems = examined.flatMap((one) => one.problems)
  return {
    exitCode: problems.length === 0 ? EXIT.ok : EXIT.problems,
    problems,
    warnings: examined.flatMap((one) => one.warnings),
    files: [],
    show: (output) => {
      for (const one of examined) showExamination(output, one)
    },
  }
}

function showExamination({ info, colors }: Output, { of, problems, warnings }: Examination): void {
  if (problems.length > 0) info(`${colors.red('wrong  ')} ${of}`)
  else info(`${warnings.length > 0 ? colors.yellow('look at') : colors.green('ok     ')} ${of}`)
}
