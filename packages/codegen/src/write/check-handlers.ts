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
 * Reports handlers that disagree with the contract, judged by their text alone: a handler of an unknown command, one that
 * the index lists under another command, and an import of the index whose file or export is missing.
 *
 * @param stubs generated texts of handlers; a file equal to one of them is skipped.
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

/** A parsed handler index. */
interface Index {
  readonly path: string
  readonly entries: ReadonlyMap<string, ListedHandler>
  /** The command that each name is listed under. */
  readonly listed: ReadonlyMap<string, string>
  readonly imports: readonly ResolvedImport[]
}

/** An import with the file it resolves to, relative to the index's folder; `undefined` if that file does not exist. */
interface ResolvedImport extends IndexImport {
  readonly file: string | undefined
}

interface IndexContext {
  readonly entries: readonly ListedHandler[]
  readonly has: (file: string) => boolean
}

function readIndex(path: string, text: string, { entries, has }: IndexContext): Index {
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

/** Imports of missing files, as when a handler is deleted together with its command. */
function findGone({ imports }: Index): readonly Finding[] {
  return imports
    .filter(({ file }) => file === undefined)
    .map(({ name, from, at }) => {
      const message = `it imports "${name}" from "${from}", which does not exist. Remove the import and its uses.`
      return { at, message }
    })
}

function findOrphans(calls: readonly HandlerCall[], { entries }: Index): readonly Finding[] {
  return calls
    .filter(({ cmd }) => !entries.has(cmd))
    .map(({ cmd, at }) => {
      const owner = [...entries.values()].find(({ former = [] }) => former.some((one) => one.cmd === cmd))
      if (owner === undefined) {
        const advice = `Delete it, or bring the command back; if it was renamed, add renamedFrom: '${cmd}' to the renamed command.`
        return { at, message: `it handles "${cmd}", which the contract does not have. ${advice}` }
      }
      const message = `it handles "${cmd}", which was renamed to "${owner.cmd}" and has a handler under that name. Delete this one, or move its code there.`
      return { at, message }
    })
}

function findStrays(calls: readonly HandlerCall[], file: string, index: Index): readonly Finding[] {
  return calls.flatMap(({ cmd, exportName, at }) => {
    const imported = index.imports.find((one) => one.file === file && one.imported === exportName)
    const listed = imported === undefined ? undefined : index.listed.get(imported.name)
    if (listed === undefined || listed === cmd || !index.entries.has(cmd)) return []
    return [
      { at, message: `it handles "${cmd}", but ${index.path} lists it as "${listed}". Expected one command in both.` },
    ]
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
