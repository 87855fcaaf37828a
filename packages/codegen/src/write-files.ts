import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Disk, Write } from './plan-writes.ts'

/** The disk below a folder. */
export function openDisk(root: string): Disk {
  return {
    read: (path) => whenThere(() => readFileSync(resolve(root, path), 'utf8')),
    list: (folder) => whenThere(() => readdirSync(resolve(root, folder)).sort()) ?? [],
  }
}

/** Writes files below a folder, making the folders they need. */
export function writeFiles(root: string, writes: readonly Write[]): void {
  for (const { path, text } of writes) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true })
    writeFileSync(resolve(root, path), text)
  }
}

function whenThere<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
