/**
 * A document to lay out: each group goes on one line if it fits, otherwise its lines break.
 *
 * The algebra of pretty printers (Wadler, "A prettier printer"), so that the output matches the project's formatter.
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
  /** Text in its place when its group is on one line. */
  readonly flat: string
  /** Whether it breaks every enclosing group. */
  readonly isHard: boolean
}

interface Choice {
  readonly kind: 'choice'
  readonly broken: Doc
  readonly flat: Doc
}

/** A space, or a line break when the enclosing group is broken. */
export const line: Doc = { kind: 'line', flat: ' ', isHard: false }

/** Nothing, or a line break when the enclosing group is broken. */
export const softLine: Doc = { kind: 'line', flat: '', isHard: false }

/** Always a line break; breaks every enclosing group. */
export const hardLine: Doc = { kind: 'line', flat: '', isHard: true }

/** Content that goes on one line if it fits, else breaks at each of its own lines. */
export function group(content: Doc, { isBroken = false }: { readonly isBroken?: boolean } = {}): Doc {
  return { kind: 'group', content, isBroken: isBroken || hasHardLine(content) }
}

/** Content indented by one step (two spaces). */
export function indent(content: Doc): Doc {
  return { kind: 'indent', content }
}

/** One text when the enclosing group is broken, another when it is on one line. */
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

/** Maximum line width in columns, that of the project's formatter. */
export const WIDTH = 120

/** One step of indentation. */
export const STEP = '  '

/** Lays out a doc as text; lines have at most 120 columns wherever they can break. */
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
      // The margin is written with the line's first text, so that empty lines have no trailing spaces.
      parts.push(margin, step)
      margin = ''
      column += step.length
    }
  }
  return parts.join('')
}

const NEW_LINE = '\n'

/** A doc still to lay out; one that fits on its line is written in one piece. */
interface Todo {
  readonly doc: Doc
  readonly indent: string
}

/** One step: returns text to append, or pushes the parts of a doc onto the stack. */
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

/** The text of a doc on one line. */
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

/** Columns left while a line is measured; no longer open once the line may end. */
interface Stretch {
  left: number
  isOpen: boolean
}

/** Subtracts a doc's columns from those left; stops as soon as the answer is known. */
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
