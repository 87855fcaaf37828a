/** Longest piece of a peer's value that an error message repeats, so that a message stays one readable line. */
const MAX_QUOTED_CHARS = 40

/** Names an unexpected value, for the end of an error message: `17`, `"abc"`, `an array`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `an array of ${value.length}`
  return typeof value === 'object' && value ? 'an object' : String(value)
}

function quote(text: string): string {
  if (text.length <= MAX_QUOTED_CHARS) return `"${text}"`
  return `"${text.slice(0, MAX_QUOTED_CHARS)}…" (${text.length} characters)`
}
