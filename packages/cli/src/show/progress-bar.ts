/** How far something is, as a bar and a percentage: `██████░░░░  60 %`. */
export function barText(share: number): string {
  const done = Math.min(1, Math.max(0, share))
  const full = Math.round(done * BAR_CHARS)
  const percent = String(Math.floor(done * PERCENT)).padStart(PERCENT_CHARS)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CHARS - full)} ${percent} %`
}

/**
 * Shows a line in the place of the one before, on a terminal only.
 *
 * @param write writes to the terminal.
 */
export function createStatus(write: (text: string) => void): (text: string) => void {
  return (text) => write(`\r${ERASE_LINE}${text}`)
}

/** From the cursor to the end of the line. ECMA-48 §8.3.41. */
const ERASE_LINE = '\u001b[K'
const BAR_CHARS = 30
const PERCENT = 100
const PERCENT_CHARS = 3
