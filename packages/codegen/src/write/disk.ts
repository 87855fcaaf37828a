/** What a plan is made against: files as they are. */
export interface Disk {
  /** The text of a file, or nothing where there is none. */
  read(path: string): string | undefined
  /** Names of the files in a folder; none where there is no folder. */
  list(folder: string): readonly string[]
}
