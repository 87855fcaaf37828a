/**
 * What it costs at most to search a string of some length for a pattern, in steps of {@link CheckBudget}.
 *
 * A plain pattern reads the string once. Any other counts as one that begins again at every character, as
 * `^[^@]+@[^@]+\.[^@]+$` does; those that are worse still the generator refuses.
 */
export function searchSteps(isPlain: boolean, chars: number): number {
  return isPlain ? chars : (chars * chars) / CHARS_SQUARED_PER_STEP
}

/** Whether a pattern reads a string once: it begins at `^`, repeats no group, and has one repeat at most that has no small end. */
export function isPlainPattern(pattern: string): boolean {
  const source = pattern.replace(/\[(?:\\.|[^\]\\])*\]|\\p\{[^}]*\}|\\./gu, 'x')
  if (!source.startsWith('^') || /\(\?[=!<]|\)[*+?{]/.test(source)) return false
  return (source.match(/[*+]|\{(?:\d+,|\d+,\d{2,}|\d{3,})\}/g) ?? []).length <= 1
}

/** Strings that are shorter cost nothing worth counting, whatever the pattern: nor do most patterns meet any other. */
export const SHORT_CHARS = 64

/** What a validator's own formats cost per character. */
export function formatSteps(format: string, chars: number): number {
  return chars * (DEAR_FORMATS.get(format) ?? 1)
}

/** Measured on 200,000 characters of the worst kind: a regular expression is parsed, names are split and decoded. */
const DEAR_FORMATS: ReadonlyMap<string, number> = new Map([
  ['regex', 60],
  ['date-time', 30],
  ['idn-hostname', 20],
])

const CHARS_SQUARED_PER_STEP = 4
