/** A replacement of one range of a text. */
export interface Edit {
  /** Offset of its first character. */
  readonly from: number
  /** Offset after its last character; equal to `from` for an insertion. */
  readonly to: number
  readonly text: string
}

/** Whether two edits of one text replace the same characters; an insertion at the border of another edit does not. */
export function overlaps(one: Edit, other: Edit): boolean {
  return one.from < other.to && other.from < one.to
}

/** Applies edits that do not overlap, last first so that offsets stay valid; insertions at one offset keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .map((edit, order) => ({ ...edit, order }))
    .sort((one, other) => other.from - one.from || other.to - one.to || other.order - one.order)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text)
}
