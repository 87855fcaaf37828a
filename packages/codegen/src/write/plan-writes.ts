import type { Diagnostic } from '../diagnostic.ts'
import type { GeneratedFile } from '../emit/generated-file.ts'
import { checkHandlers } from './check-handlers.ts'
import type { Disk } from './disk.ts'
import { findForeign } from './find-foreign.ts'
import { findHandlers } from './find-handlers.ts'
import { findSuspects, type Suspect } from './find-suspects.ts'
import type { EditedIndex, HandlerEditor } from './handler-editor.ts'
import { OverlayDisk } from './overlay-disk.ts'
import { type PlannedRenames, planRenames } from './plan-renames.ts'
import { isSameCode } from './same-code.ts'
import type { TextStyle } from './text-style.ts'

/** The changes that bring the disk in line with the generated files. */
export interface Plan {
  readonly writes: readonly Write[]
  /** Number of files that need no change. */
  readonly unchanged: number
  /** Findings for the user: handlers that disagree with the contract, an index that could not be edited. */
  readonly warnings: readonly Diagnostic[]
  /** Handlers that may no longer fit; the compiler decides once all files are written. */
  readonly suspects: readonly Suspect[]
  /** Files that the generator did not write, at paths of generated ones. While there are any, nothing may be written. */
  readonly problems: readonly Diagnostic[]
}

/** A file to write. */
export interface Write {
  readonly path: string
  readonly text: string
  readonly change: 'created' | 'changed' | 'renamed'
  /** The current text, of `from` if that is set; absent if the file does not exist. */
  readonly before?: string
  /** The current path of a renamed file, which is removed. */
  readonly from?: string
  /** How the text is stored. Default: the style of new files. */
  readonly style?: TextStyle
}

/** Compares what was generated with what is on disk. Writes nothing; existing files of the user are left alone. */
export async function planWrites(files: readonly GeneratedFile[], disk: Disk, editor: HandlerEditor): Promise<Plan> {
  const planned = new OverlayDisk(disk)
  const index = files.find((file) => file.kind === 'handler-index')
  const renames = index === undefined ? NO_RENAMES : await planRenames(index, planned, editor.rename)
  const warnings = [...renames.warnings]
  const stubs = new Set(files.map(({ text }) => text))
  const found = index === undefined ? undefined : findHandlers(index, planned, stubs)
  for (const file of files) {
    const existing = planned.read(file.path)
    if (existing === undefined && found?.isElsewhere(file.path)) continue
    const edited = await resolveText(found?.point(file) ?? file, existing, editor)
    warnings.push(...edited.warnings)
    planned.write(file.path, edited.text)
  }
  if (index !== undefined) warnings.push(...checkHandlers(index, planned, stubs))
  const written = planned.written()
  const writes = written.flatMap(([path, text]) => toWrite(path, text, disk, renames))
  const { moved } = renames
  const suspects = index === undefined ? [] : findSuspects(files, { index, disk, planned, moved })
  return { writes, unchanged: written.length - writes.length, warnings, suspects, problems: findForeign(files, disk) }
}

const NO_RENAMES: PlannedRenames = { moved: new Map(), warnings: [] }

async function resolveText(
  file: GeneratedFile,
  existing: string | undefined,
  editor: HandlerEditor,
): Promise<EditedIndex> {
  if (existing === undefined || existing === file.text) return { text: file.text, warnings: [] }
  if (file.kind === 'printed') {
    const isFormatted = /\.(ts|json)$/.test(file.path) && isSameCode(existing, file.text)
    return { text: isFormatted ? existing : file.text, warnings: [] }
  }
  return file.kind === 'stub' ? { text: existing, warnings: [] } : editor.addLines(existing, file)
}

function toWrite(path: string, text: string, disk: Disk, { moved }: PlannedRenames): readonly Write[] {
  const from = moved.get(path)
  const before = disk.read(from ?? path)
  const style = disk.styleOf(from ?? path)
  if (from !== undefined && before !== undefined) return [{ path, text, change: 'renamed', before, from, style }]
  if (before === undefined) return [{ path, text, change: 'created' }]
  return text === before ? [] : [{ path, text, change: 'changed', before, style }]
}
