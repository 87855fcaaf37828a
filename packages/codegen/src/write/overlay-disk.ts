import type { Disk } from './disk.ts'
import type { TextStyle } from './text-style.ts'

/** A disk with planned changes: reads return them, and nothing is written. */
export class OverlayDisk implements Disk {
  readonly #disk: Disk
  /** Texts by path; `undefined` for a file to remove. */
  readonly #changes = new Map<string, string | undefined>()

  constructor(disk: Disk) {
    this.#disk = disk
  }

  read(path: string): string | undefined {
    return this.#changes.has(path) ? this.#changes.get(path) : this.#disk.read(path)
  }

  styleOf(path: string): TextStyle {
    return this.#disk.styleOf(path)
  }

  list(folder: string): readonly string[] {
    const names = new Set(this.#disk.list(folder))
    for (const [path, text] of this.#changes) {
      const name = path.slice(folder.length + 1)
      if (!path.startsWith(`${folder}/`)) continue
      if (text === undefined) names.delete(name)
      else names.add(name)
    }
    return [...names].sort()
  }

  write(path: string, text: string): void {
    this.#changes.set(path, text)
  }

  remove(path: string): void {
    this.#changes.set(path, undefined)
  }

  /** Planned files with their texts, in the order of their first write. */
  written(): readonly (readonly [path: string, text: string])[] {
    return [...this.#changes].flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]))
  }
}
