/**
 * The index of the first item that equals an earlier one; -1 when they all differ.
 *
 * @param spend told what it costs, in steps, before it does.
 */
export function findDuplicate(items: readonly unknown[], spend: (steps: number) => void): number {
  const seen = new Set<unknown>()
  return items.findIndex((item) => {
    const isCompound = typeof item === 'object' && item !== null
    spend(STEPS_PER_VALUE)
    const key = isCompound ? `${TEXT}${toText(item, spend)}` : item
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

/** The same text for equal values, whatever the order of their keys. */
function toText(value: unknown, spend: (steps: number) => void): string {
  spend(STEPS_PER_VALUE)
  if (typeof value === 'string') {
    spend(value.length / CHARS_PER_STEP)
    return `"${value.length}:${value}`
  }
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((item) => toText(item, spend)).join(',')}]`
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, part]) => `${toText(key, spend)}:${toText(part, spend)}`).join(',')}}`
}

/** Tells the text of an object from a string that an item is. */
const TEXT = '\u0000json '

const STEPS_PER_VALUE = 60
const CHARS_PER_STEP = 10
