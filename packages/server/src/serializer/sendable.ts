import { escapeStep } from '../validation/issues.ts'
import type { Shape, Shapes } from './shape.ts'

/**
 * Refuses what JSON would leave out without a word: a client that waits for a value would never learn that there was one.
 *
 * @throws TypeError when data is, or holds, a function or a symbol. What says itself how it is written (`toJSON`) is not looked into.
 */
export function expectSendable(data: unknown): void {
  const found = findUnsendable(data, new Set())
  if (found !== undefined) throw new TypeError(`data${found}, which cannot be sent`)
}

/** Whether data of a schema may hold what its check did not see: somewhere the schema lets anything pass. */
export function mayHoldAnything({ root, types }: Shapes): boolean {
  return [root, ...types.values()].some(letsAnythingPass)
}

/** The first function or symbol, in words: `/list/0 is a symbol`. */
function findUnsendable(value: unknown, seen: Set<unknown>): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return ` is a ${typeof value}`
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return undefined
  // Bytes are for codecs that know them; a codec may also know how to write a cycle.
  if (ArrayBuffer.isView(value) || seen.has(value)) return undefined
  seen.add(value)
  for (const key of Object.keys(value)) {
    const found = findUnsendable((value as Readonly<Record<string, unknown>>)[key], seen)
    if (found !== undefined) return `/${escapeStep(key)}${found}`
  }
  return undefined
}

function letsAnythingPass(shape: Shape): boolean {
  if (shape.kind === 'any' || shape.kind === 'none') return true
  if (shape.kind === 'array') return [...shape.prefix, shape.items].some(letsAnythingPass)
  if (shape.kind === 'union') return shape.branches.some((branch) => letsAnythingPass(branch.shape))
  if (shape.kind === 'all') return shape.shapes.some(letsAnythingPass)
  if (shape.kind !== 'object') return false
  const { properties, patterns, rest } = shape
  const others = [...patterns.map(([, property]) => property), ...(rest === undefined ? [] : [rest])]
  return [...properties.values(), ...others].some(letsAnythingPass)
}
