import { createTsxLoader, generateProject, loadConfig, onlyDocs } from '@wsrv/codegen/api'
import type { Command } from 'commander'
import { addProjectOptions, type CommandContext, JSON_OPTION, type ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { reportProblems } from '../report.ts'
import { reportOutcome } from './codegen.ts'

/** `wsrv docs`: the documents of an API, and nothing else. */
export function addDocs(command: Command, { cwd, finish }: CommandContext): void {
  addProjectOptions(command)
    .option(...JSON_OPTION)
    .action(async (options: ProjectOptions) => {
      const loader = createTsxLoader()
      const project = await loadConfig({ ...options, cwd }, loader)
      if ('diagnostics' in project) return finish(reportProblems(EXIT.usage, project.diagnostics))
      const outcome = await generateProject(onlyDocs(project), { loader, check: false })
      return finish(await reportOutcome(outcome, false))
    })
}
