import { isObject } from './pick-variant.ts'

/** Where something is in a value: names of properties and indexes of items. */
export type Path = readonly (string | number)[]

/** A copy of a value with one place changed; `undefined` takes a property away. */
export function withValueAt(root: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  if (typeof step === 'number') {
    const items = Array.isArray(root) ? [...root] : []
    items[step] = withValueAt(items[step], rest, value)
    return items
  }
  const object = isObject(root) ? root : {}
  const changed = withValueAt(Object.hasOwn(object, step) ? object[step] : undefined, rest, value)
  const entries = Object.entries(object)
  if (changed === undefined) return Object.fromEntries(entries.filter(([name]) => name !== step))
  if (Object.hasOwn(object, step))
    return Object.fromEntries(entries.map((one) => (one[0] === step ? [step, changed] : one)))
  return Object.fromEntries([...entries, [step, changed]])
}
