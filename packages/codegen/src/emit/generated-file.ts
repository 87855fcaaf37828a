/** A file that a run of the generator wants on disk, as data. Paths are relative to the config's folder, with `/`. */
export type GeneratedFile = PrintedFile | StubFile | HandlerIndexFile

/** A file that belongs to the generator: its text is replaced. */
export interface PrintedFile {
  readonly kind: 'printed'
  readonly path: string
  readonly text: string
}

/** A file that belongs to the user once it exists: never overwritten. */
export interface StubFile {
  readonly kind: 'stub'
  readonly path: string
  readonly text: string
}

/** The file that lists all handlers. It belongs to the user too; only lines for missing commands are added. */
export interface HandlerIndexFile {
  readonly kind: 'handler-index'
  readonly path: string
  /** Its text if the file does not exist yet. */
  readonly text: string
  readonly entries: readonly ListedHandler[]
}

/** A line of the handler index, with its earlier forms if the command was renamed. */
export interface ListedHandler extends HandlerEntry {
  /** In the order of `renamedFrom`; absent when the command had no other name. */
  readonly former?: readonly HandlerEntry[]
}

/** A line of the handler index. */
export interface HandlerEntry {
  readonly cmd: string
  /** Name of the handler's export. */
  readonly name: string
  /** Its file, relative to the index's folder: `chat-join.ts`. */
  readonly file: string
  /** How the index imports it: `./chat-join.ts`, or `./chat-join.js`, or `./chat-join`. */
  readonly from: string
}
