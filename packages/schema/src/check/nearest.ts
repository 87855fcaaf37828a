/** Most names that are proposed for a wrong one. */
const MAX_NAMES = 3

/** How much of a name may be wrong. */
const MAX_SHARE = 0.4

/**
 * The names that one may have been meant for, the nearest first; none when nothing is near.
 *
 * @param limit characters that may be missing, too many or wrong. Default: four in ten, at least two.
 */
export function nearest(
  wrong: string,
  names: readonly string[],
  limit: number = Math.max(2, Math.floor(wrong.length * MAX_SHARE)),
): readonly string[] {
  return names
    .map((name) => ({ name, distance: editDistance(wrong, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MAX_NAMES)
    .map(({ name }) => name)
}

/** ` Did you mean "client"?`, with what comes near; empty when nothing does. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const near = nearest(wrong, names).map((name) => `"${name}"`)
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`
}

/** How many characters have to be added, dropped or replaced to make one text of another (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
