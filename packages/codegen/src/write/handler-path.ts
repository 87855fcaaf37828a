import type { HandlerEntry } from '../emit/generated-file.ts'

/** The path of a handler's file: the index's folder, then `register.ts`. */
export function handlerPath(folder: string, { file }: Pick<HandlerEntry, 'file'>): string {
  return `${folder}/${file}`
}
