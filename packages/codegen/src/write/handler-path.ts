import type { HandlerEntry } from '../emit/generated-file.ts'

/** The path of a handler's file: that of the index's folder, and `register.ts`. */
export function handlerPath(folder: string, { file }: Pick<HandlerEntry, 'file'>): string {
  return `${folder}/${file}`
}
