/** A peer's text as one that a terminal only shows: control characters, which could drive it, are written as escapes. */
export function printable(text: string): string {
  return text.replace(CONTROLS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** C0 and C1 controls, DEL, and what turns the direction of writing. */
const CONTROLS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu
