import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Disk } from './disk.ts'
import { PLAIN_STYLE, styleOf, type TextStyle, toPlain } from './text-style.ts'

interface StoredText {
  readonly text: string
  readonly style: TextStyle
}

/** The disk below a folder; each file is read once and remembered. */
export function openDisk(root: string): Disk {
  const files = new Map<string, StoredText | undefined>()
  const load = (path: string): StoredText | undefined => {
    if (!files.has(path)) files.set(path, whenThere(resolve(root, path), readText))
    return files.get(path)
  }
  return {
    read: (path) => load(path)?.text,
    styleOf: (path) => load(path)?.style ?? PLAIN_STYLE,
    list: (folder) => whenThere(resolve(root, folder), (path) => listBelow(path, '')) ?? [],
  }
}

function readText(path: string): StoredText {
  const raw = readFileSync(path, 'utf8')
  const style = styleOf(raw)
  return { text: toPlain(raw, style), style }
}

function listBelow(folder: string, prefix: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const paths = entries.flatMap((entry) => {
    const path = prefix + entry.name
    if (!entry.isDirectory()) return [path]
    return entry.name === 'node_modules' ? [] : listBelow(join(folder, entry.name), `${path}/`)
  })
  return prefix === '' ? paths.sort() : paths
}

function whenThere<Value>(path: string, read: (path: string) => Value): Value | undefined {
  try {
    return read(path)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'ENOENT') return undefined
    // Node's EISDIR error has no path.
    throw Object.assign(error, { path })
  }
}
