import type { GeneratedFile, HandlerIndexFile } from '../emit/generated-file.ts'
import type { Disk } from './disk.ts'
import { folderOf, isHandlerFile } from './find-handlers.ts'
import { handlerPath } from './module-path.ts'
import { findHandlerCalls } from './read-handler.ts'

/** A handler that may no longer fit, because its part of the contract changed. */
export interface Suspect {
  readonly path: string
  /** Its path before this run. */
  readonly from: string
}

/** Where to look for handlers. */
export interface SuspectSite {
  readonly index: HandlerIndexFile
  /** As it was. */
  readonly disk: Disk
  /** As it will be. */
  readonly planned: Disk
  /** Old paths of renamed handlers, by new path. */
  readonly moved: ReadonlyMap<string, string>
}

/**
 * Finds the handlers whose types changed: those whose command's hash changed, those that mention a push whose hash
 * changed, and the renamed ones; stubs always fit. Compares hashes, so a run without such changes reads almost nothing.
 */
export function findSuspects(files: readonly GeneratedFile[], site: SuspectSite): readonly Suspect[] {
  const { index, disk, planned, moved } = site
  const changed = findChanges(files, disk)
  if (changed.size === 0 && moved.size === 0) return []
  const folder = folderOf(index)
  const commands = new Map(index.entries.map((entry) => [handlerPath(folder, entry), entry.cmd]))
  const known = new Set(commands.values())
  const others = [...changed].filter((name) => !known.has(name))
  const stubs = new Set(files.flatMap(({ kind, text }) => (kind === 'stub' ? [text] : [])))
  return planned.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    const from = moved.get(path) ?? path
    const text = isHandlerFile(name) && path !== index.path ? planned.read(path) : undefined
    if (text === undefined || stubs.has(text) || disk.read(from) === undefined) return []
    const calls = findHandlerCalls(text)
    // A handler whose command is gone is reported by `checkHandlers`.
    if (calls.some(({ cmd }) => !known.has(cmd))) return []
    const isOwn = from !== path || changed.has(commands.get(path) ?? '') || calls.some(({ cmd }) => changed.has(cmd))
    const isSuspect = isOwn || others.some((other) => names(text, other))
    return isSuspect ? [{ path, from }] : []
  })
}

/** Commands and pushes whose hash changed, or that are gone. */
function findChanges(files: readonly GeneratedFile[], disk: Disk): ReadonlySet<string> {
  const contract = files.find(({ kind, text }) => kind === 'printed' && HASHES.test(text) && IS_CONTRACT.test(text))
  const before = contract === undefined ? undefined : disk.read(contract.path)
  if (contract === undefined || before === undefined || before === contract.text) return new Set()
  const now = readHashes(contract.text)
  return new Set([...readHashes(before)].filter(([name, hash]) => now.get(name) !== hash).map(([name]) => name))
}

const IS_CONTRACT = /^export const contract: Contract = /m
const HASHES = /\bhashes:\s*\{\s*hash:\s*['"][0-9a-f]+['"],\s*commands:\s*\{([^}]*)\}/

/** The hashes of a generated `contract.ts`, by name. */
function readHashes(text: string): ReadonlyMap<string, string> {
  const [, list = ''] = HASHES.exec(text) ?? []
  const entries = list.matchAll(/(?:['"]([^'"]+)['"]|([\w$]+)):\s*['"]([0-9a-f]+)['"]/g)
  return new Map([...entries].map(([, quoted, bare, hash = '']) => [quoted ?? bare ?? '', hash]))
}

function names(text: string, push: string): boolean {
  return text.includes(`'${push}'`) || text.includes(`"${push}"`)
}
