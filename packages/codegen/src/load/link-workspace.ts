import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** An earlier version of a repository, beside the one that is worked on. */
export interface Checkout {
  /** Top folder of the repository; absolute. */
  readonly top: string
  /** Where its earlier version is; absolute. */
  readonly folder: string
}

/**
 * Makes the earlier version of a repository use its own workspace packages: what `node_modules` links to within the
 * repository is linked to its earlier version, everything else to what is installed now.
 *
 * @param project folder whose imports have to work; absolute, within the repository.
 */
export function linkWorkspace(project: string, { top, folder }: Checkout): void {
  const waiting = foldersUpTo(project, top)
  const seen = new Set<string>()
  for (const from of waiting) {
    if (seen.has(from)) continue
    seen.add(from)
    for (const [name, target] of installedIn(join(from, 'node_modules'))) {
      const inside = relative(top, target)
      const isOwn = !inside.startsWith('..') && !inside.split(sep).includes('node_modules')
      if (isOwn) waiting.push(target)
      link(isOwn ? join(folder, inside) : target, join(folder, relative(top, from), 'node_modules', name))
    }
  }
}

function foldersUpTo(project: string, top: string): string[] {
  const folders: string[] = []
  for (let at = resolve(project); ; at = dirname(at)) {
    folders.push(at)
    if (at === top || at === dirname(at)) return folders
  }
}

/** Packages by name, with the folders that they are really in. */
function installedIn(folder: string): readonly (readonly [name: string, target: string])[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((one) => `${name}/${one}`) : [name]))
  return names.flatMap((name) => {
    const path = join(folder, name)
    return existsSync(path) ? [[name, realpathSync(path)] as const] : []
  })
}

/** A package that the earlier version did not have is left out: who imports it there is told so. */
function link(target: string, path: string): void {
  if (!existsSync(target) || lstatSync(path, { throwIfNoEntry: false }) !== undefined) return
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}
