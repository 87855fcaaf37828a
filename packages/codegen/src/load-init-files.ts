import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the first files of a project are kept, as text that no tool of this repository reads as its own. */
const FOLDER = new URL('../templates/init/', import.meta.url)

const SUFFIX = '.template'

/** A project's first wsrv files, by path: a config, a schema, a handler, a server that runs and a test that passes. */
export function loadInitFiles(): Readonly<Record<string, string>> {
  const folder = fileURLToPath(FOLDER)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(SUFFIX))
  return Object.fromEntries(
    paths
      .sort()
      .map((path) => [path.slice(0, -SUFFIX.length).replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  )
}
