/** Endings of a module's name in an import that stand for a file of TypeScript. */
const EXTENSION = /\.[cm]?[jt]s$/

/**
 * The file that an import beside it means: `./chat/join.js` in a folder's index is `chat/join.ts`, when there is one.
 *
 * @param has whether there is a file of this path, relative to the folder.
 */
export function resolveModule(from: string, has: (file: string) => boolean): string | undefined {
  const path = from.replace(/^\.\//, '')
  const stem = path.replace(EXTENSION, '')
  return [path, `${stem}.ts`, `${stem}/index.ts`].find(has)
}

/** How an index imports a file of its folder, with the extension that another import has. */
export function modulePath(file: string, like: string): string {
  const extension = EXTENSION.exec(like)?.[0] ?? ''
  return `./${file.replace(EXTENSION, extension)}`
}
