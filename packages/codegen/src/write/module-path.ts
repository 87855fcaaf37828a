import type { HandlerEntry } from '../emit/generated-file.ts'

/** Endings of an import specifier that can resolve to a TypeScript file. */
const EXTENSION = /\.[cm]?[jt]s$/

/**
 * The file that a relative import resolves to: `./chat/join.js` in a folder's index is `chat/join.ts`, if it exists.
 *
 * @param has whether a file exists, by its path relative to the folder.
 */
export function resolveModule(from: string, has: (file: string) => boolean): string | undefined {
  const path = from.replace(/^\.\//, '')
  const stem = path.replace(EXTENSION, '')
  return [path, `${stem}.ts`, `${stem}/index.ts`].find(has)
}

/** The specifier with which an index imports a file of its folder, with the extension of another import. */
export function modulePath(file: string, like: string): string {
  const extension = EXTENSION.exec(like)?.[0] ?? ''
  return `./${file.replace(EXTENSION, extension)}`
}

/** The path of a handler's file: the index's folder, then `register.ts`. */
export function handlerPath(folder: string, { file }: Pick<HandlerEntry, 'file'>): string {
  return `${folder}/${file}`
}
