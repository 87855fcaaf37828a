/**
 * What it costs at most to search a text of n characters for a pattern: `factor` × n^`degree` steps, the unit of `MAX_CHECK_STEPS`.
 * The generator finds it out, and writes it into the contract where a server would not guess it.
 */
export interface SearchCost {
  readonly degree: number
  readonly factor: number
}

/**
 * The steps that a search costs at most.
 *
 * @param chars length of the text.
 */
export function searchSteps({ degree, factor }: SearchCost, chars: number): number {
  return factor * chars ** degree
}

/** The longest text whose search costs at most so many steps. */
export function longestText({ degree, factor }: SearchCost, steps: number): number {
  return Math.floor((steps / factor) ** (1 / degree))
}

/**
 * What a search costs as far as a glance tells. A plain pattern reads the text once; any other counts as one that begins again at each
 * character, as `^[^@]+@[^@]+\.[^@]+$` does.
 */
export function guessSearchCost(pattern: string): SearchCost {
  return isPlain(pattern) ? PLAIN : UNKNOWN
}

const PLAIN: SearchCost = { degree: 1, factor: 1 }
const UNKNOWN: SearchCost = { degree: 2, factor: 1 }

/** Whether a pattern begins at `^`, repeats no group, and has one repeat at most that has no small end. */
function isPlain(pattern: string): boolean {
  const source = pattern.replace(/\[(?:\\.|[^\]\\])*\]|\\p\{[^}]*\}|\\./gu, 'x')
  if (!source.startsWith('^') || /\(\?[=!<]|\)[*+?{]/.test(source)) return false
  return (source.match(/[*+]|\{(?:\d+,|\d+,\d{2,}|\d{3,})\}/g) ?? []).length <= 1
}
