import { type Doc, group, hardLine, indent, join, layOut, line, softLine } from './layout.ts'

/** Prints a JSON file: one line per key of an object, an array on one line if it fits. Ends with a line break. */
export function printJson(value: unknown): string {
  return `${layOut(print(value))}\n`
}

function print(value: unknown): Doc {
  if (Array.isArray(value)) return printArray(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, own]) => own !== undefined)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, own]) => [`${JSON.stringify(key)}: `, print(own)])
  return ['{', indent([hardLine, join([',', hardLine], lines)]), hardLine, '}']
}

function printArray(items: readonly unknown[]): Doc {
  if (items.length === 0) return '[]'
  return group(['[', indent([softLine, join([',', line], items.map(print))]), softLine, ']'])
}
