import {
  type AllowRequest,
  allowChanges,
  type CompareRequest,
  compareProject,
  createTsxLoader,
  LOCK_FILE,
} from '@wsrv/codegen/api'
import { type Command, Option } from 'commander'
import { addProjectOptions, type CommandContext, JSON_OPTION, type ProjectOptions } from '../command.ts'
import { type Report, reportFailure } from '../report.ts'
import { CHANGE_FORMATS, type ChangeFormat } from '../show/change-formats.ts'
import { reportChanges } from '../show/show-changes.ts'

/** `wsrv diff`: what changes of the contract break deployed peers. */
export function addDiff(command: Command, { cwd, finish }: CommandContext): void {
  addProjectOptions(command)
    .option('--against <ref or file>', 'git ref or lock file; several with commas', LOCK_FILE)
    .option('--allow <change>', 'let a change pass; may be repeated', (id, ids: readonly string[] = []) => [...ids, id])
    .option('--reason <why>', 'why it may pass; the config remembers it')
    .option('--release <version>', "the release that brings it; the config's `version` when left out")
    .addOption(new Option('--format <form>', 'for other programs').choices(Object.keys(CHANGE_FORMATS)))
    .option(...JSON_OPTION)
    .action(async ({ against, allow = [], reason, release, format, ...options }: DiffOptions, command: Command) => {
      const allowed = readAllow({ ids: allow, reason, release }, command)
      const report = await runDiff({ ...options, cwd, ...(against !== LOCK_FILE && { against }) }, allowed)
      finish(format === undefined ? report : showAs(report, format, options.config))
    })
}

interface DiffOptions extends ProjectOptions {
  readonly against: string
  readonly allow?: readonly string[]
  readonly reason?: string
  readonly release?: string
  readonly format?: ChangeFormat
}

/** The same report, its changes in a form for other programs. */
function showAs(report: Report, format: ChangeFormat, configFile: string): Report {
  const { changes } = report
  if (changes === undefined) return report
  return {
    ...report,
    show: (output) => {
      for (const line of CHANGE_FORMATS[format](changes, configFile)) output.info(line)
    },
  }
}

interface AllowOptions {
  readonly ids: readonly string[]
  readonly reason: string | undefined
  readonly release: string | undefined
}

function readAllow({ ids, reason, release }: AllowOptions, command: Command): AllowRequest | undefined {
  if (ids.length === 0) {
    const alone = reason !== undefined ? '--reason' : '--release'
    if (reason !== undefined || release !== undefined) {
      command.error(`error: ${alone} is given without a change: --allow '<change>'`)
    }
    return undefined
  }
  if (release?.trim() === '') command.error("error: --release is empty: --release '<version>'")
  if (reason === undefined || reason.trim() === '') {
    command.error("error: --allow needs the reason why the change may pass: --reason '<why>'")
  }
  return { ids, reason: reason.trim(), release: release?.trim() }
}

async function runDiff(request: CompareRequest, allow: AllowRequest | undefined): Promise<Report> {
  const compared = await compareProject(request, createTsxLoader())
  if ('wrong' in compared) return reportFailure(compared)
  if (allow === undefined) return reportChanges(compared)
  const allowed = await allowChanges(allow, compared)
  if ('wrong' in allowed) return reportFailure(allowed)
  const { edited, ...left } = allowed
  const files = edited === undefined ? [] : [{ path: edited, change: 'changed' } as const]
  return reportChanges({ ...compared, ...left }, files)
}
