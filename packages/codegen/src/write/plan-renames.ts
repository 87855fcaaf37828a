import type { Diagnostic } from '../diagnostic.ts'
import type { HandlerEntry, HandlerIndexFile } from '../emit/generated-file.ts'
import type { HandlerEditor } from './handler-editor.ts'
import { handlerPath } from './handler-path.ts'
import type { OverlayDisk } from './overlay-disk.ts'
import { findHandlerCalls } from './read-handler.ts'

/** What renaming handlers came to. */
export interface PlannedRenames {
  /** By new path, the old one; of files that moved. */
  readonly moved: ReadonlyMap<string, string>
  readonly warnings: readonly Diagnostic[]
}

/**
 * Renames the handlers whose commands have new names: those that are there under a former name, and not under the new one.
 * What they become is written to `disk`.
 */
export async function planRenames(
  { path, entries }: HandlerIndexFile,
  disk: OverlayDisk,
  rename: HandlerEditor['rename'],
): Promise<PlannedRenames> {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const moved = new Map<string, string>()
  const warnings: Diagnostic[] = []
  for (const { former = [], ...after } of entries) {
    // Its file may have its new name already, and only its text the old one.
    const places = former.flatMap((one) => [one, { ...one, from: after.from }])
    const before = places.find((one) => isHandled(one, after, folder, disk))
    if (before === undefined) continue
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

/** Whether a command's handler stands under a former name, and its new place is free. */
function isHandled(former: HandlerEntry, after: HandlerEntry, folder: string, disk: OverlayDisk): boolean {
  const [from, to] = [handlerPath(folder, former), handlerPath(folder, after)]
  if (from !== to && disk.read(to) !== undefined) return false
  const cmds = findHandlerCalls(disk.read(from) ?? '').map(({ cmd }) => cmd)
  return cmds.includes(former.cmd) && !cmds.includes(after.cmd)
}

/** The handler, the index, and the neighbours that may import the handler. */
function readTexts(folder: string, before: HandlerEntry, disk: OverlayDisk): ReadonlyMap<string, string> {
  const own = [handlerPath(folder, before), `${folder}/index.ts`]
  const stem = before.from.replace(/\.ts$/, '')
  const texts = disk.list(folder).flatMap((name): readonly (readonly [string, string])[] => {
    const path = `${folder}/${name}`
    const text = name.endsWith('.ts') ? disk.read(path) : undefined
    return text !== undefined && (own.includes(path) || text.includes(stem)) ? [[path, text]] : []
  })
  return new Map(texts)
}
