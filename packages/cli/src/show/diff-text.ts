import { structuredPatch } from 'diff'
import type { Output } from '../output.ts'

/** Lines around a change that show where it is. */
const CONTEXT_LINES = 2

/** Most lines of one file's diff that are shown; the rest is counted. */
const MAX_LINES = 40

/** Most changed lines that are worked out at all, so that a diff of two large files stays fast. */
const MAX_CHANGES = 2_000

/** A line of a diff: as it stands in both texts, or in one of them, or a note about the rest. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'note'
  readonly text: string
}

/** What changed between two texts, as a unified diff shows it; empty when nothing did. */
export function diffText(before: string, after: string): readonly DiffLine[] {
  const options = { context: CONTEXT_LINES, maxEditLength: MAX_CHANGES }
  const patch = structuredPatch('', '', before, after, undefined, undefined, options)
  if (patch === undefined) return [{ kind: 'note', text: `more than ${MAX_CHANGES} lines differ` }]
  const lines = patch.hunks.flatMap((hunk): readonly DiffLine[] => [
    { kind: 'note', text: `@@ line ${hunk.oldStart} @@` },
    ...hunk.lines.filter((text) => !text.startsWith('\\')).map(toDiffLine),
  ])
  if (lines.length <= MAX_LINES) return lines
  return [...lines.slice(0, MAX_LINES), { kind: 'note', text: `… ${lines.length - MAX_LINES} more lines` }]
}

function toDiffLine(text: string): DiffLine {
  if (text.startsWith('+')) return { kind: 'added', text }
  return { kind: text.startsWith('-') ? 'removed' : 'same', text }
}

/** Shows what changed in a file, indented below its name. */
export function showDiff({ error, colors }: Output, lines: readonly DiffLine[]): void {
  const paint = { same: (text: string) => text, removed: colors.red, added: colors.green, note: colors.dim }
  for (const { kind, text } of lines) error(`  ${paint[kind](text)}`)
}
