import { closeSync, type Dirent, openSync, readdirSync, readSync } from 'node:fs'
import { join, posix } from 'node:path'
import { CONFIG_FILE, PLAIN_CONFIG_FILE } from '../config/config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { isMarked, MARKED_CHARS } from '../write/find-foreign.ts'

/** Files that are searched for orphans at most; what is left of a larger project is not looked at. */
const MAX_FILES = 20_000

/**
 * Finds what earlier runs wrote and this config does not name any more, as after a change of a path in it: code that still
 * compiles, is imported somewhere, and never changes again.
 *
 * Looks below the config's folder and into the projects beside it that outputs go to; folders of other configs, of
 * packages, of builds and hidden ones are left out.
 *
 * @param root the config's folder.
 * @param outputs paths that are generated now, relative to it.
 */
export function findOrphans(root: string, outputs: ReadonlySet<string>): readonly Diagnostic[] {
  const known = new Set([...outputs].map((path) => posix.normalize(path)))
  return listCandidates(root, ['', ...foldersOutside(known)])
    .filter((path) => !known.has(path))
    .flatMap((path): readonly Diagnostic[] => {
      const message = orphanMessage(path, readHead(join(root, path)))
      return message === undefined ? [] : [{ file: path, message }]
    })
}

function orphanMessage(path: string, head: string): string | undefined {
  if (isMarked(head)) {
    return 'an earlier run generated it, and the config names it no more. Delete it, or bring its path back.'
  }
  return /(^|\/)index\.ts$/.test(path) && HANDLER_INDEX.test(head) ? STRAY_HANDLERS : undefined
}

const STRAY_HANDLERS =
  'it lists handlers, and the config names other ones. Move what is written here to the folder that it names, or bring the path back.'

/** How a handler index begins: its import of the generated server's type. */
const HANDLER_INDEX = /^import (type )?\{ (type )?Handlers \} from ['"]\.{1,2}\//m

/** Folders whose files are made from others, or belong to no one here. */
const FOREIGN_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor'])

/** Files that may be the generator's: code, and its two documents. */
const CANDIDATE = /(\.m?ts$|^asyncapi(-client)?\.json$|^index\.html$)/

/** The projects beside this one that outputs go to: `../web` of `../web/src/client.ts`. */
function foldersOutside(outputs: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...outputs].flatMap((path) => /^(\.\.\/)+[^/]+(?=\/)/.exec(path)?.[0] ?? []))
}

function listCandidates(root: string, starts: readonly string[]): readonly string[] {
  const found: string[] = []
  const folders = [...starts]
  for (const folder of folders) {
    const entries = readEntries(join(root, folder))
    if (folder !== '' && entries.some(({ name }) => name === CONFIG_FILE || name === PLAIN_CONFIG_FILE)) continue
    const pathOf = ({ name }: Dirent): string => posix.join(folder, name)
    folders.push(...entries.filter(isOwnFolder).map(pathOf))
    found.push(...entries.filter((entry) => entry.isFile() && CANDIDATE.test(entry.name)).map(pathOf))
    if (found.length > MAX_FILES) break
  }
  return found.sort()
}

function isOwnFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.') && !FOREIGN_FOLDERS.has(entry.name)
}

/** What a folder holds; nothing of one that may not be read. */
function readEntries(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}

function readHead(path: string): string {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(MARKED_CHARS)
    return buffer.toString('utf8', 0, readSync(file, buffer))
  } finally {
    closeSync(file)
  }
}
