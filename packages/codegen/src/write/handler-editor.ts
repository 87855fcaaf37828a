import type { Diagnostic } from '../diagnostic.ts'
import type { HandlerEntry, HandlerIndexFile } from '../emit/generated-file.ts'

/** Edits hand-written files. Every byte that a change does not need stays as it is. */
export interface HandlerEditor {
  /** Adds the missing lines to a handler index; `warnings` if it does not find where. */
  readonly addLines: (text: string, file: HandlerIndexFile) => Promise<EditedIndex>
  /** Renames a handler in its own file and in all that refer to it. */
  readonly rename: (renaming: HandlerRenaming) => Promise<RenamedHandler>
}

/** A handler index with its new lines. */
export interface EditedIndex {
  readonly text: string
  readonly warnings: readonly Diagnostic[]
}

/** A handler whose command was renamed. */
export interface HandlerRenaming {
  /** Folder of the handlers. */
  readonly folder: string
  readonly before: HandlerEntry
  readonly after: HandlerEntry
  /** Texts by path: of the handler, of the index, and of the other files of the folder that import it. */
  readonly texts: ReadonlyMap<string, string>
}

/** The same files after the renaming; the handler itself under its new path. */
export interface RenamedHandler {
  readonly texts: ReadonlyMap<string, string>
  /** What could not be renamed. */
  readonly warnings: readonly Diagnostic[]
}
