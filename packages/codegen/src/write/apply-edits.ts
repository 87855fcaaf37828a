/** A piece of a text to replace. */
export interface Edit {
  /** Offset of its first character. */
  readonly from: number
  /** Offset behind its last; `from` to insert. */
  readonly to: number
  readonly text: string
}

/** Whether two edits touch the same characters of one text; insertions beside another edit do not. */
export function overlaps(one: Edit, other: Edit): boolean {
  return one.from < other.to && other.from < one.to
}

/** Applies edits that do not overlap, from the end, so that offsets stay true; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .map((edit, order) => ({ ...edit, order }))
    .sort((one, other) => other.from - one.from || other.to - one.to || other.order - one.order)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text)
}
