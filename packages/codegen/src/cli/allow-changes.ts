import { basename } from 'node:path'
import { didYouMean } from '@wsrv/schema'
import type { AllowedChange } from '../config/edit-config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { ReportedChange } from './report.ts'

/** What `wsrv diff` was asked to let pass. */
export interface AllowRequest {
  /** Changes by their ids. */
  readonly ids: readonly string[]
  readonly reason: string
}

/** What is wrong with a wish to let changes pass: an id that no change has, or that is safe anyway. */
export function checkAllowed(ids: readonly string[], changes: readonly ReportedChange[]): readonly Diagnostic[] {
  const known = changes.filter(({ severity }) => severity !== 'SAFE').map(({ id }) => id)
  return ids
    .filter((id) => !known.includes(id))
    .map((id) => ({ file: 'wsrv', message: `--allow names "${id}", ${wrongOf(id, known, changes)}` }))
}

function wrongOf(id: string, known: readonly string[], changes: readonly ReportedChange[]): string {
  if (changes.some((change) => change.id === id)) return 'which is SAFE: it passes as it is.'
  const near = didYouMean(id, known)
  if (near !== '') return `which no change has.${near}`
  return known.length === 0
    ? 'which no change has: there is nothing to allow.'
    : `which no change has. Expected one of ${[...new Set(known)].join(', ')}.`
}

/** The changes to write into the config: an id counts in every contract that has such a change. */
export function listAllowed(
  { ids, reason }: AllowRequest,
  changes: readonly ReportedChange[],
): readonly AllowedChange[] {
  return changes
    .filter(({ id, severity, allowed }) => ids.includes(id) && severity !== 'SAFE' && allowed !== reason)
    .map(({ id, contract }) => ({ id, contract, reason }))
}

/** Says of a config that cannot be edited what to write into it by hand. */
export function askToPaste(path: string, allowed: readonly AllowedChange[]): Diagnostic {
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
