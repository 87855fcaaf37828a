import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Disk } from './disk.ts'
import type { Write } from './plan-writes.ts'

/** The disk below a folder, each file as it was when it was first read. */
export function openDisk(root: string): Disk {
  const texts = new Map<string, string | undefined>()
  return {
    read: (path) => {
      if (!texts.has(path))
        texts.set(
          path,
          whenThere(resolve(root, path), (file) => readFileSync(file, 'utf8')),
        )
      return texts.get(path)
    },
    list: (folder) => whenThere(resolve(root, folder), (path) => readdirSync(path).sort()) ?? [],
  }
}

/** Writes files below a folder, making the folders they need; of a renamed file the old one goes. */
export function writeFiles(root: string, writes: readonly Write[]): void {
  for (const { path, text, from } of writes) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true })
    writeFileSync(resolve(root, path), text)
    if (from !== undefined) rmSync(resolve(root, from), { force: true })
  }
}

function whenThere<Value>(path: string, read: (path: string) => Value): Value | undefined {
  try {
    return read(path)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'ENOENT') return undefined
    // Node does not say where it met a folder.
    throw Object.assign(error, { path })
  }
}
