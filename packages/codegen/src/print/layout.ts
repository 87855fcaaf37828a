/**
 * Text that may be laid out in several ways: on one line where it fits, broken where it says so.
 *
 * The algebra of pretty printers (Wadler, "A prettier printer"), so that what it prints is what the formatter would print.
 */
export type Doc = string | readonly Doc[] | Group | Indent | Line | Choice

interface Group {
  readonly kind: 'group'
  readonly content: Doc
  readonly isBroken: boolean
}

interface Indent {
  readonly kind: 'indent'
  readonly content: Doc
}

interface Line {
  readonly kind: 'line'
  /** What stands for it when its group is on one line. */
  readonly flat: string
  /** Whether it breaks every group around it. */
  readonly isHard: boolean
}

interface Choice {
  readonly kind: 'choice'
  readonly broken: Doc
  readonly flat: Doc
}

/** A space, or a line break when the group around it is broken. */
export const line: Doc = { kind: 'line', flat: ' ', isHard: false }

/** Nothing, or a line break when the group around it is broken. */
export const softLine: Doc = { kind: 'line', flat: '', isHard: false }

/** A line break, always; every group around it is broken. */
export const hardLine: Doc = { kind: 'line', flat: '', isHard: true }

/** Content that is put on one line if it fits, else broken at each of its own lines. */
export function group(content: Doc, { isBroken = false }: { readonly isBroken?: boolean } = {}): Doc {
  return { kind: 'group', content, isBroken: isBroken || hasHardLine(content) }
}

/** Content whose lines start one step (two spaces) further in. */
export function indent(content: Doc): Doc {
  return { kind: 'indent', content }
}

/** One text when the group around it is broken, another when it is on one line. */
export function whenBroken(broken: Doc, flat: Doc = ''): Doc {
  return { kind: 'choice', broken, flat }
}

/** Docs with a separator between them. */
export function join(separator: Doc, docs: readonly Doc[]): Doc {
  const joined: Doc[] = []
  for (const [index, doc] of docs.entries()) {
    if (index > 0) joined.push(separator)
    joined.push(doc)
  }
  return joined
}

/** Columns of a line, as the project's formatter has it. */
export const WIDTH = 120

/** One step of indentation. */
export const STEP = '  '

/** Lays a doc out into text of at most 120 columns where it can be broken. */
export function layOut(doc: Doc): string {
  const parts: string[] = []
  let column = 0
  let margin = ''
  const todo: Todo[] = [{ doc, indent: '' }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const step = advance(next, todo, WIDTH - column)
    if (step === undefined || step === '') continue
    if (step === NEW_LINE) {
      parts.push('\n')
      margin = next.indent
      column = margin.length
    } else {
      // The margin is written with the line's first text, so that an empty line stays empty.
      parts.push(margin, step)
      margin = ''
      column += step.length
    }
  }
  return parts.join('')
}

const NEW_LINE = '\n'

/** A doc that is not on one line: what is, is written as a whole. */
interface Todo {
  readonly doc: Doc
  readonly indent: string
}

/** Takes one step: returns text to add, or puts the parts of a doc on the stack. */
function advance({ doc, indent: margin }: Todo, todo: Todo[], room: number): string | undefined {
  if (typeof doc === 'string') return doc
  if (isList(doc)) {
    for (let at = doc.length - 1; at >= 0; at--) todo.push({ doc: doc[at] as Doc, indent: margin })
    return undefined
  }
  if (doc.kind === 'line') return NEW_LINE
  if (doc.kind === 'group' && !doc.isBroken && fits(doc.content, todo, room)) return flatten(doc.content)
  if (doc.kind === 'choice') todo.push({ doc: doc.broken, indent: margin })
  else todo.push({ doc: doc.content, indent: doc.kind === 'indent' ? margin + STEP : margin })
  return undefined
}

/** The text of a doc on one line: nothing in it is decided any more. */
function flatten(doc: Doc): string {
  if (typeof doc === 'string') return doc
  if (isList(doc)) {
    let text = ''
    for (const one of doc) text += flatten(one)
    return text
  }
  if (doc.kind === 'line') return doc.flat
  return flatten(doc.kind === 'choice' ? doc.flat : doc.content)
}

/** Whether a doc on one line, and what follows it up to the next possible line break, fit into `room` columns. */
function fits(doc: Doc, rest: readonly Todo[], room: number): boolean {
  const stretch: Stretch = { left: room, isOpen: true }
  spend(doc, true, stretch)
  for (let at = rest.length - 1; at >= 0 && stretch.isOpen && stretch.left >= 0; at--) {
    const { doc: next } = rest[at] as Todo
    spend(next, false, stretch)
  }
  return stretch.left >= 0
}

/** What is left of a line while it is measured; closed where the line may end. */
interface Stretch {
  left: number
  isOpen: boolean
}

/** Takes the columns of a doc from what is left of the line; stops as soon as the answer is known. */
function spend(doc: Doc, isFlat: boolean, stretch: Stretch): void {
  if (typeof doc === 'string') {
    stretch.left -= doc.length
  } else if (isList(doc)) {
    for (let at = 0; at < doc.length && stretch.isOpen && stretch.left >= 0; at++) {
      spend(doc[at] as Doc, isFlat, stretch)
    }
  } else if (doc.kind === 'line') {
    if (isFlat && !doc.isHard) stretch.left -= doc.flat.length
    else stretch.isOpen = false
  } else {
    spend(doc.kind === 'choice' ? doc[isFlat ? 'flat' : 'broken'] : doc.content, isFlat, stretch)
  }
}

function hasHardLine(doc: Doc): boolean {
  if (typeof doc === 'string') return false
  if (isList(doc)) return doc.some(hasHardLine)
  if (doc.kind === 'line') return doc.isHard
  if (doc.kind === 'choice') return hasHardLine(doc.broken)
  return doc.kind === 'group' ? doc.isBroken : hasHardLine(doc.content)
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc)
}
