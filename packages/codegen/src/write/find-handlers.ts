import type { GeneratedFile, HandlerEntry, HandlerIndexFile } from '../emit/generated-file.ts'
import type { Disk } from './disk.ts'
import { handlerPath, modulePath, resolveModule } from './module-path.ts'
import { findHandlerCalls, findIndexImports, findIndexLines } from './read-handler.ts'

/** Where a folder's handlers really are: one per file, several in one file, or in subfolders. */
export interface FoundHandlers {
  /** Whether the stub's command is handled in a different file. */
  readonly isElsewhere: (path: string) => boolean
  /** The handler index with imports that point to the handlers' real files. */
  readonly point: (file: GeneratedFile) => GeneratedFile
}

/** A handler in a file other than its default one. */
export interface FoundHandler {
  readonly cmd: string
  /** Relative to the folder. */
  readonly file: string
  /** `undefined` if it is not exported as a constant. */
  readonly exportName?: string
}

/**
 * Finds the handlers of commands whose own file is missing.
 *
 * @param stubs generated texts of handlers; a file equal to one of them is skipped.
 */
export function findHandlers(index: HandlerIndexFile, disk: Disk, stubs: ReadonlySet<string>): FoundHandlers {
  const folder = folderOf(index)
  const missing = index.entries.filter((entry) => disk.read(handlerPath(folder, entry)) === undefined)
  const found = missing.length === 0 ? new Map() : searchFolder(index, disk, stubs)
  const elsewhere = new Set(missing.filter(({ cmd }) => found.has(cmd)).map((entry) => handlerPath(folder, entry)))
  return {
    isElsewhere: (path) => elsewhere.has(path),
    point: (file) => (file === index ? { ...index, entries: pointEntries(index, found, elsewhere) } : file),
  }
}

/** The folder of the handlers. */
export function folderOf({ path }: Pick<HandlerIndexFile, 'path'>): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** Every handler below a folder by its command, judged by the text; imports of the index count, too. */
export function searchFolder(
  index: HandlerIndexFile,
  disk: Disk,
  stubs: ReadonlySet<string>,
): ReadonlyMap<string, FoundHandler> {
  const folder = folderOf(index)
  const found = new Map(listedHandlers(index, disk).map((one) => [one.cmd, one]))
  for (const file of disk.list(folder)) {
    if (!isHandlerFile(file)) continue
    const text = disk.read(`${folder}/${file}`) ?? ''
    if (stubs.has(text)) continue
    for (const { cmd, exportName } of findHandlerCalls(text)) {
      found.set(cmd, { cmd, file, ...(exportName !== undefined && { exportName }) })
    }
  }
  return found
}

/** Whether a file may contain handlers: neither a test nor a declaration file. */
export function isHandlerFile(file: string): boolean {
  return /\.ts$/.test(file) && !/\.(test|spec|d)\.ts$/.test(file)
}

/** Handlers that the index imports from files that do not name the command. */
function listedHandlers(index: HandlerIndexFile, disk: Disk): readonly FoundHandler[] {
  const folder = folderOf(index)
  const text = disk.read(index.path) ?? ''
  const imports = new Map(findIndexImports(text).map((one) => [one.name, one]))
  return findIndexLines(text).flatMap(({ cmd, name }) => {
    const imported = imports.get(name)
    const has = (file: string): boolean => disk.read(`${folder}/${file}`) !== undefined
    const file = imported === undefined ? undefined : resolveModule(imported.from, has)
    return imported === undefined || file === undefined ? [] : [{ cmd, file, exportName: imported.imported }]
  })
}

/** The lines of an index, with the real names of handlers in other files; handlers without an export are left out. */
function pointEntries(
  index: HandlerIndexFile,
  found: ReadonlyMap<string, FoundHandler>,
  elsewhere: ReadonlySet<string>,
): readonly HandlerEntry[] {
  return index.entries.flatMap((entry) => {
    const handler = elsewhere.has(handlerPath(folderOf(index), entry)) ? found.get(entry.cmd) : undefined
    if (handler === undefined) return [entry]
    const { file, exportName } = handler
    return exportName === undefined ? [] : [{ ...entry, name: exportName, file, from: modulePath(file, entry.from) }]
  })
}
