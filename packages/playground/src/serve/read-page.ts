import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** A file of the built page. */
export interface PageFile {
  readonly type: string
  readonly body: Buffer
  /** Whether its name changes with its content, so that browsers may keep it. */
  readonly isLasting: boolean
}

/** Same from `src/serve` and, built, from `dist`: where the build puts the page. */
const FOLDERS = [join(import.meta.dirname, 'page'), join(import.meta.dirname, '../../dist/page')]

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css'],
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.svg', 'image/svg+xml'],
])

/**
 * Reads the built page into memory: a few hundred kilobytes, and no request names a file of the disk.
 *
 * @returns files by their path below the page's; the page itself is `/`.
 * @throws Error when the page was not built.
 */
export function readPage(): Map<string, PageFile> {
  const folder = FOLDERS.find((one) => existsSync(join(one, 'index.html')))
  if (folder === undefined) throw new Error('the playground page is not built: run the build of @wsrv/playground')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) !== '')
  return new Map(
    names.map((name) => {
      const path = `/${name.replaceAll('\\', '/')}`
      const type = TYPES.get(extname(name)) ?? 'application/octet-stream'
      const file = { type, body: readFileSync(join(folder, name)), isLasting: path.startsWith('/assets/') }
      return [path === '/index.html' ? '/' : path, file]
    }),
  )
}
