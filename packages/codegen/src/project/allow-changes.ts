import { basename } from 'node:path'
import { didYouMean } from '@wsrv/schema'
import type { AllowedChange } from '../config/edit-config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { openDisk } from '../write/open-disk.ts'
import { writeFiles } from '../write/write-files.ts'
import type { ComparedProject } from './compare-project.ts'
import type { ProjectChange } from './outcome.ts'
import { type Failure, wrongRequest } from './outcome.ts'

/** What to let pass from now on. */
export interface AllowRequest {
  /** Changes by their ids. */
  readonly ids: readonly string[]
  readonly reason: string
}

/** The changes, with those marked that pass from now on. */
export interface AllowedChanges {
  readonly changes: readonly ProjectChange[]
  /** Path of the config where it was edited, relative to its folder. */
  readonly edited: string | undefined
}

/** Writes the changes to let pass into the project's config, each with its reason. */
export async function allowChanges(
  request: AllowRequest,
  compared: ComparedProject,
): Promise<AllowedChanges | Failure> {
  const { changes, project } = compared
  const wrong = checkAllowed(request.ids, changes)
  if (wrong.length > 0) return wrongRequest(wrong)
  const allowed = listAllowed(request, changes)
  if (allowed.length === 0) return { changes, edited: undefined }
  const path = basename(project.path)
  const disk = openDisk(project.root)
  const before = disk.read(path) ?? ''
  const { allowInConfig } = await import('../config/edit-config.ts')
  const text = allowInConfig(before, allowed)
  if (text === undefined) return wrongRequest([askToPaste(project.path, allowed)])
  writeFiles(project.root, [{ path, text, change: 'changed', before, style: disk.styleOf(path) }])
  const judged = changes.map((change): ProjectChange => {
    return request.ids.includes(change.id) && change.severity !== 'SAFE'
      ? { ...change, allowed: request.reason }
      : change
  })
  return { changes: judged, edited: path }
}

/** What is wrong with a wish to let changes pass: an id that no change has, or that is safe anyway. */
function checkAllowed(ids: readonly string[], changes: readonly ProjectChange[]): readonly Diagnostic[] {
  const known = changes.filter(({ severity }) => severity !== 'SAFE').map(({ id }) => id)
  return ids
    .filter((id) => !known.includes(id))
    .map((id) => ({ file: 'wsrv', message: `--allow names "${id}", ${wrongOf(id, known, changes)}` }))
}

function wrongOf(id: string, known: readonly string[], changes: readonly ProjectChange[]): string {
  if (changes.some((change) => change.id === id)) return 'which is SAFE: it passes as it is.'
  const near = didYouMean(id, known)
  if (near !== '') return `which no change has.${near}`
  return known.length === 0
    ? 'which no change has: there is nothing to allow.'
    : `which no change has. Expected one of ${[...new Set(known)].join(', ')}.`
}

/** The changes to write into the config: an id counts in every contract that has such a change. */
function listAllowed({ ids, reason }: AllowRequest, changes: readonly ProjectChange[]): readonly AllowedChange[] {
  return changes
    .filter(({ id, severity, allowed }) => ids.includes(id) && severity !== 'SAFE' && allowed !== reason)
    .map(({ id, contract }) => ({ id, contract, reason }))
}

/** Says of a config that cannot be edited what to write into it by hand. */
function askToPaste(path: string, allowed: readonly AllowedChange[]): Diagnostic {
  const places = new Set(allowed.map(({ contract }) => contract))
  const texts = [...places].map((place) => {
    const entries = allowed.filter(({ contract }) => contract === place).map(({ id, reason }) => quote(id, reason))
    return `${place === undefined ? '' : `contracts.${place}: `}allow: { ${entries.join(', ')} }`
  })
  const message = `allow is not an object written out in this file, so it cannot be edited. Write into it: ${texts.join('; ')}`
  return { file: basename(path), message }
}

function quote(id: string, reason: string): string {
  return `${JSON.stringify(id)}: ${JSON.stringify(reason)}`
}
