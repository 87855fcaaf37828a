import type { Diagnostic } from '../diagnostic.ts'
import type { HandlerIndexFile, ListedHandler } from '../emit/generated-file.ts'
import type { Disk } from './disk.ts'
import { folderOf, isHandlerFile } from './find-handlers.ts'
import { resolveModule } from './module-path.ts'
import {
  findHandlerCalls,
  findIndexImports,
  findIndexLines,
  type HandlerCall,
  type IndexImport,
  mayExport,
  placeOf,
} from './read-handler.ts'

/**
 * Says which handlers cannot be in step with the contract, as far as their text shows: that of a command which the contract
 * does not have, one that the index lists under another command, and one that the index imports and no file exports, or whose
 * file is gone.
 *
 * @param stubs texts of handlers as they are generated: a file that is one of them needs no look.
 */
export function checkHandlers(
  { path, entries }: HandlerIndexFile,
  disk: Disk,
  stubs: ReadonlySet<string>,
): readonly Diagnostic[] {
  const folder = folderOf({ path })
  const text = disk.read(path) ?? ''
  const has = (file: string): boolean => disk.read(`${folder}/${file}`) !== undefined
  const index = readIndex(path, text, { entries, has })
  const gone = findGone(index)
  const found = disk.list(folder).flatMap((name) => {
    const text = isHandlerFile(name) && name !== 'index.ts' ? disk.read(`${folder}/${name}`) : undefined
    if (text === undefined || stubs.has(text)) return []
    const calls = findHandlerCalls(text)
    const findings = [
      ...findOrphans(calls, index),
      ...findStrays(calls, name, index),
      ...findMissing(text, calls, name, index),
    ]
    return findings.map(({ at, message }) => ({ file: `${folder}/${name}`, ...placeOf(text, at), message }))
  })
  return [...gone.map(({ at, message }) => ({ file: path, ...placeOf(text, at), message })), ...found]
}

/** A handler index, read. */
interface Index {
  readonly path: string
  readonly entries: ReadonlyMap<string, ListedHandler>
  /** The command that a name is listed for. */
  readonly listed: ReadonlyMap<string, string>
  readonly imports: readonly ResolvedImport[]
}

/** An import with the file that it means, relative to the index's folder; nothing where there is no such file. */
interface ResolvedImport extends IndexImport {
  readonly file: string | undefined
}

interface IndexSite {
  readonly entries: readonly ListedHandler[]
  readonly has: (file: string) => boolean
}

function readIndex(path: string, text: string, { entries, has }: IndexSite): Index {
  return {
    path,
    entries: new Map(entries.map((entry) => [entry.cmd, entry])),
    listed: new Map(findIndexLines(text).map(({ cmd, name }) => [name, cmd])),
    imports: findIndexImports(text).map((one) => ({ ...one, file: resolveModule(one.from, has) })),
  }
}

interface Finding {
  /** Offset in the file. */
  readonly at: number
  readonly message: string
}

/** Imports of files beside the index that do not exist, as when a handler is deleted together with its command. */
function findGone({ imports }: Index): readonly Finding[] {
  return imports
    .filter(({ file }) => file === undefined)
    .map(({ name, from, at }) => {
      const message = `it imports "${name}" from "${from}", which does not exist. Remove the import and what it is used for.`
      return { at, message }
    })
}

function findOrphans(calls: readonly HandlerCall[], { entries }: Index): readonly Finding[] {
  return calls
    .filter(({ cmd }) => !entries.has(cmd))
    .map(({ cmd, at }) => {
      const owner = [...entries.values()].find(({ former = [] }) => former.some((one) => one.cmd === cmd))
      if (owner === undefined) {
        const advice = `Delete it, or bring the command back; if it has a new name, say so there: renamedFrom: '${cmd}'.`
        return { at, message: `it handles "${cmd}", which the contract does not have. ${advice}` }
      }
      const message = `it handles "${cmd}", which was renamed to "${owner.cmd}" and is handled there. Delete it, or move it there.`
      return { at, message }
    })
}

function findStrays(calls: readonly HandlerCall[], file: string, index: Index): readonly Finding[] {
  return calls.flatMap(({ cmd, exportName, at }) => {
    const imported = index.imports.find((one) => one.file === file && one.imported === exportName)
    const listed = imported === undefined ? undefined : index.listed.get(imported.name)
    if (listed === undefined || listed === cmd || !index.entries.has(cmd)) return []
    return [{ at, message: `it handles "${cmd}", and ${index.path} lists it as "${listed}". Let both say the same.` }]
  })
}

function findMissing(text: string, calls: readonly HandlerCall[], file: string, index: Index): readonly Finding[] {
  return index.imports
    .filter((one) => one.file === file && !mayExport(text, one.imported))
    .map(({ imported }) => {
      const message = `it does not export "${imported}", which ${index.path} imports. Expected export const ${imported} = defineHandler(…).`
      return { at: calls[0]?.at ?? 0, message }
    })
}
