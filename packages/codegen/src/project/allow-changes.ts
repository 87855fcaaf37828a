import { basename } from 'node:path'
import { didYouMean } from '@wsrv/schema'
import type { AllowedChange } from '../config/allowed-change.ts'
import type { AllowEdit } from '../config/edit-config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { openDisk } from '../write/open-disk.ts'
import { writeFiles } from '../write/write-files.ts'
import type { ComparedProject } from './compare-project.ts'
import { isFor } from './match-allows.ts'
import { type Failure, type ProjectChange, wrongRequest } from './outcome.ts'

/** What to let pass from now on. */
export interface AllowRequest {
  /** Changes by their ids, or by their places in shared types. */
  readonly ids: readonly string[]
  readonly reason: string
  /** The release that brings them. Default: the contract's `version` in the config. */
  readonly release?: string | undefined
}

/** The changes, with those marked that pass from now on. */
export interface AllowedChanges extends Pick<ComparedProject, 'changes' | 'unusedAllows'> {
  /** Path of the config where it was edited, relative to its folder. */
  readonly edited: string | undefined
}

/** Writes the changes to let pass into the project's config, each as it is now and with its reason. */
export async function allowChanges(
  request: AllowRequest,
  compared: ComparedProject,
): Promise<AllowedChanges | Failure> {
  const { changes, unusedAllows, project } = compared
  const wrong = checkAllowed(request, compared)
  if (wrong.length > 0) return wrongRequest(wrong)
  const edits = listEdits(request, compared)
  if (edits.length === 0) return { changes, unusedAllows, edited: undefined }
  const path = basename(project.path)
  const disk = openDisk(project.root)
  const before = disk.read(path) ?? ''
  const { allowInConfig } = await import('../config/edit-config.ts')
  const text = allowInConfig(before, edits)
  if (text === undefined) return wrongRequest([askToPaste(project.path, edits)])
  writeFiles(project.root, [{ path, text, change: 'changed', before, style: disk.styleOf(path) }])
  const judged = changes.map((change): ProjectChange => {
    return request.ids.some((id) => isUnder(id, change)) ? { ...change, allowed: request.reason } : change
  })
  const left = unusedAllows.filter(({ entry }) => !edits.some(({ replaces }) => replaces === entry))
  return { changes: judged, unusedAllows: left, edited: path }
}

/** Whether an id names a change that does not pass by itself. */
function isUnder(name: string, { id, sharedType, severity }: ProjectChange): boolean {
  return severity !== 'SAFE' && (name === id || name === sharedType)
}

/** What is wrong with a wish to let changes pass: an id that no change has, or that is safe anyway; an unknown release. */
function checkAllowed({ ids, release }: AllowRequest, { changes, project }: ComparedProject): readonly Diagnostic[] {
  const known = changes.filter(({ severity }) => severity !== 'SAFE')
  const names = [
    ...new Set(known.flatMap(({ id, sharedType }) => [id, ...(sharedType === undefined ? [] : [sharedType])])),
  ]
  const wrong = ids
    .filter((id) => !names.includes(id))
    .map((id) => ({ file: 'wsrv', message: `--allow names "${id}", ${wrongOf(id, names, changes)}` }))
  const isDated = release !== undefined || project.contracts.every(({ config: { version } }) => version !== undefined)
  if (wrong.length > 0 || isDated) return wrong
  const message = "--allow needs the release that brings the change: --release '<version>', or `version` in the config."
  return [{ file: 'wsrv', message }]
}

function wrongOf(id: string, known: readonly string[], changes: readonly ProjectChange[]): string {
  if (changes.some((change) => change.id === id)) return 'which is SAFE: it passes as it is.'
  const near = didYouMean(id, known)
  if (near !== '') return `which no change has.${near}`
  return known.length === 0
    ? 'which no change has: there is nothing to allow.'
    : `which no change has. Expected one of ${[...new Set(known)].join(', ')}.`
}

/** The entries to write into the config: one for each such change, or one for all that a shared type makes. */
function listEdits(
  { ids, reason, release }: AllowRequest,
  { changes, project }: ComparedProject,
): readonly AllowEdit[] {
  const edits = project.contracts.flatMap(({ name, config: { version = '', allow = [] } }) => {
    const own = changes.filter(({ contract }) => contract === name)
    return ids.flatMap((id) =>
      own
        .filter((change) => isUnder(id, change) && change.allowed !== reason)
        .map(({ severity, before, after }): AllowEdit => {
          const pinned = { change: id, severity: severity as AllowedChange['severity'], before, after }
          const entry: AllowedChange = { ...pinned, release: release ?? version, reason }
          const stale = allow.find((one) => one.change === id && !own.some((change) => isFor(one, change)))
          return { contract: name, entry, replaces: stale }
        }),
    )
  })
  return [...new Map(edits.map((edit) => [JSON.stringify([edit.contract, edit.entry]), edit])).values()]
}

/** Says of a config that cannot be edited what to write into it by hand. */
function askToPaste(path: string, edits: readonly AllowEdit[]): Diagnostic {
  const places = new Set(edits.map(({ contract }) => contract))
  const texts = [...places].map((place) => {
    const entries = edits.filter(({ contract }) => contract === place).map(({ entry }) => JSON.stringify(entry))
    return `${place === undefined ? '' : `contracts.${place}: `}allow: [${entries.join(', ')}]`
  })
  const message = `allow is not an array written out in this file, so it cannot be edited. Write into it: ${texts.join('; ')}`
  return { file: basename(path), message }
}
