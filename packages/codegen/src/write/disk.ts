import type { TextStyle } from './text-style.ts'

/** Read-only view of the output folder, against which a plan is made. */
export interface Disk {
  /** The plain text of a file; `undefined` if it does not exist. */
  read(path: string): string | undefined
  /** How a file's text is stored; the style of new files if it does not exist. */
  styleOf(path: string): TextStyle
  /** Paths of the files below a folder, relative to it and sorted; installed packages are left out. */
  list(folder: string): readonly string[]
}
