import { propertyKey, quote } from '../names.ts'
import { type Doc, group, indent, join, line, STEP, softLine, whenBroken } from './layout.ts'

/** Prints a JSON value as an expression. */
export function printValue(value: unknown): Doc {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return printArray(value)
  if (typeof value === 'object' && value !== null) return printObject(Object.entries(value))
  return String(value)
}

/** Prints an object literal; its values are printed already. */
export function printRecord(entries: readonly (readonly [key: string, value: Doc])[], isBroken = false): Doc {
  if (entries.length === 0) return '{}'
  const printed = entries.map(([key, value]) => (key === value ? key : printProperty(propertyKey(key), value)))
  return group(['{', indent([line, join([',', line], printed), whenBroken(',')]), line, '}'], { isBroken })
}

/** A string that is too long moves to its own line, unless the key is so short that moving it saves no columns. */
function printProperty(key: string, value: Doc): Doc {
  if (typeof value !== 'string' || key.length <= STEP.length) return [key, ': ', value]
  return group([key, ':', indent([line, value])])
}

function printObject(entries: readonly (readonly [string, unknown])[]): Doc {
  return printRecord(entries.map(([key, value]) => [key, printValue(value)]))
}

function printArray(items: readonly unknown[]): Doc {
  if (items.length === 0) return '[]'
  const content = [indent([softLine, join([',', line], items.map(printValue)), whenBroken(',')]), softLine]
  return group(['[', content, ']'], { isBroken: isMatrix(items) })
}

/** The formatter breaks an array of several objects, or of several arrays, when each has several parts. */
export function isMatrix(items: readonly unknown[]): boolean {
  if (items.length < 2) return false
  const areArrays = items.every((item) => Array.isArray(item))
  const areObjects = items.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  return (areArrays || areObjects) && items.every((item) => Object.keys(item as object).length > 1)
}
