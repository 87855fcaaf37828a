import type { Diagnostic } from '../diagnostic.ts'
import type { HandlerEntry, HandlerIndexFile, ListedHandler } from '../emit/generated-file.ts'
import { type FoundHandler, folderOf, searchFolder } from './find-handlers.ts'
import type { HandlerEditor } from './handler-editor.ts'
import { handlerPath, modulePath } from './module-path.ts'
import type { OverlayDisk } from './overlay-disk.ts'
import { findHandlerCalls } from './read-handler.ts'

/** Result of renaming handlers. */
export interface PlannedRenames {
  /** Old paths of moved files, by new path. */
  readonly moved: ReadonlyMap<string, string>
  readonly warnings: readonly Diagnostic[]
}

/**
 * Renames the handlers of renamed commands: those found under a former name and not under the new one. The results are
 * written to `disk`.
 */
export async function planRenames(
  index: HandlerIndexFile,
  disk: OverlayDisk,
  rename: HandlerEditor['rename'],
): Promise<PlannedRenames> {
  const folder = folderOf(index)
  const moved = new Map<string, string>()
  const warnings: Diagnostic[] = []
  for (const entry of index.entries) {
    const renaming = findRenaming(entry, index, disk)
    if (renaming === undefined) continue
    const { before, after } = renaming
    const [from, to] = [handlerPath(folder, before), handlerPath(folder, after)]
    const renamed = await rename({ folder, before, after, texts: readTexts(folder, before, disk) })
    if (from !== to) {
      disk.remove(from)
      moved.set(to, from)
    }
    for (const [file, text] of renamed.texts) disk.write(file, text)
    warnings.push(...renamed.warnings)
  }
  return { moved, warnings }
}

interface Renaming {
  readonly before: HandlerEntry
  readonly after: HandlerEntry
}

/** The handler of a renamed command under its former name; `undefined` if there is nothing to rename. */
function findRenaming(
  { former = [], ...after }: ListedHandler,
  index: HandlerIndexFile,
  disk: OverlayDisk,
): Renaming | undefined {
  const folder = folderOf(index)
  // The file may have the new name already while its text has the old one.
  const places = former.flatMap((one) => [one, { ...one, file: after.file, from: after.from }])
  const before = places.find((one) => isHandled(one, after, folder, disk))
  if (before !== undefined) return { before, after }
  if (former.length === 0 || disk.read(handlerPath(folder, after)) !== undefined) return undefined
  const found = searchFolder(index, disk, new Set())
  const old = found.has(after.cmd) ? undefined : former.find(({ cmd }) => found.has(cmd))
  const handler = old && found.get(old.cmd)
  return old === undefined || handler === undefined ? undefined : renameInPlace(old, after, handler)
}

/** A handler in a subfolder or in a shared file stays there; a name that the user chose stays, too. */
function renameInPlace(old: HandlerEntry, after: HandlerEntry, { file, exportName }: FoundHandler): Renaming {
  const place = { file, from: modulePath(file, after.from) }
  const name = exportName ?? old.name
  return {
    before: { ...old, ...place, name },
    after: { ...after, ...place, name: name === old.name ? after.name : name },
  }
}

/** Whether a command's handler exists under a former name, and its new path is free. */
function isHandled(former: HandlerEntry, after: HandlerEntry, folder: string, disk: OverlayDisk): boolean {
  const [from, to] = [handlerPath(folder, former), handlerPath(folder, after)]
  if (from !== to && disk.read(to) !== undefined) return false
  const cmds = findHandlerCalls(disk.read(from) ?? '').map(({ cmd }) => cmd)
  return cmds.includes(former.cmd) && !cmds.includes(after.cmd)
}

/** The handler, the index, and the files beside them that may import the handler. */
function readTexts(folder: string, before: HandlerEntry, disk: OverlayDisk): ReadonlyMap<string, string> {
  const own = [handlerPath(folder, before), `${folder}/index.ts`]
  const stem = before.file.replace(/^.*\/|\.ts$/g, '')
  const texts = disk.list(folder).flatMap((name): readonly (readonly [string, string])[] => {
    const path = `${folder}/${name}`
    const text = name.endsWith('.ts') ? disk.read(path) : undefined
    return text !== undefined && (own.includes(path) || text.includes(`/${stem}`)) ? [[path, text]] : []
  })
  return new Map(texts)
}
