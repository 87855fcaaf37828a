import type { Diagnostic } from './diagnostic.ts'
import type { GeneratedFile, HandlerIndexFile } from './generated-file.ts'

/** What must be written for the disk to hold what was generated. */
export interface Plan {
  readonly writes: readonly Write[]
  /** Files that are as they should be. */
  readonly unchanged: number
  /** What the user should look at: handlers without a command, an index that could not be edited. */
  readonly warnings: readonly Diagnostic[]
}

/** A file to write. */
export interface Write {
  readonly path: string
  readonly text: string
  readonly change: 'created' | 'changed'
  /** What is on disk now; nothing where there is no file. */
  readonly before?: string
}

/** What a plan is made against. */
export interface Disk {
  /** The text of a file, or nothing where there is none. */
  read(path: string): string | undefined
  /** Names of the files in a folder; none where there is no folder. */
  list(folder: string): readonly string[]
}

/** Adds the lines that a handler index lacks; `warnings` when it cannot tell where. */
export type IndexEditor = (text: string, file: HandlerIndexFile) => Promise<EditedIndex>

/** A handler index with its new lines. */
export interface EditedIndex {
  readonly text: string
  readonly warnings: readonly Diagnostic[]
}

/** Compares what was generated with what is on disk. Writes nothing: what is the user's and exists is left alone. */
export async function planWrites(files: readonly GeneratedFile[], disk: Disk, editIndex: IndexEditor): Promise<Plan> {
  const writes: Write[] = []
  const warnings: Diagnostic[] = []
  for (const file of files) {
    const existing = disk.read(file.path)
    const edited = await resolveText(file, existing, editIndex)
    warnings.push(...edited.warnings)
    const write = { path: file.path, text: edited.text }
    if (existing === undefined) writes.push({ ...write, change: 'created' })
    else if (edited.text !== existing) writes.push({ ...write, change: 'changed', before: existing })
  }
  return { writes, unchanged: files.length - writes.length, warnings: [...warnings, ...findOrphans(files, disk)] }
}

async function resolveText(
  file: GeneratedFile,
  existing: string | undefined,
  editIndex: IndexEditor,
): Promise<EditedIndex> {
  if (existing === undefined || file.kind === 'printed' || existing === file.text) {
    return { text: file.text, warnings: [] }
  }
  return file.kind === 'stub' ? { text: existing, warnings: [] } : editIndex(existing, file)
}

/** Files beside the handler index that handle a command which the contract no longer has. */
function findOrphans(files: readonly GeneratedFile[], disk: Disk): readonly Diagnostic[] {
  const index = files.find((file) => file.kind === 'handler-index')
  if (index === undefined) return []
  const commands = new Set(index.entries.map(({ cmd }) => cmd))
  const folder = index.path.slice(0, index.path.lastIndexOf('/'))
  return disk.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    const cmd = name.endsWith('.ts') ? handledCmd(disk.read(path) ?? '') : undefined
    if (cmd === undefined || commands.has(cmd)) return []
    const message = `it handles "${cmd}", which the contract does not have. Delete it, or bring the command back.`
    return [{ file: path, message }]
  })
}

function handledCmd(text: string): string | undefined {
  return /\bdefineHandler\(\s*['"]([^'"]+)['"]/.exec(text)?.[1]
}
