import type { TextStyle } from './text-style.ts'

/** What a plan is made against: files as they are. */
export interface Disk {
  /** The plain text of a file, or nothing where there is no file. */
  read(path: string): string | undefined
  /** How a file's text is stored; that of new files where there is no file. */
  styleOf(path: string): TextStyle
  /** Paths of the files below a folder, relative to it and sorted; installed packages are left out. */
  list(folder: string): readonly string[]
}
