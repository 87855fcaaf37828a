import type { DocComment } from '../model/docs.ts'
import { type Doc, hardLine, join } from './layout.ts'

/** Maximum width of a comment line in columns, at any indentation. */
const COMMENT_WIDTH = 100

/** Prints a doc comment and a line break, or nothing if it would be empty. */
export function printComment(docs: DocComment): Doc {
  const lines = commentLines(docs)
  const [only] = lines
  if (only === undefined) return []
  if (lines.length === 1) return [`/** ${only} */`, hardLine]
  const body = lines.map((text) => (text === '' ? ' *' : ` * ${text}`))
  return [join(hardLine, ['/**', ...body, ' */']), hardLine]
}

/** Whether a doc comment would be printed. */
export function hasComment(docs: DocComment): boolean {
  return commentLines(docs).length > 0
}

function commentLines({ description = '', tags }: DocComment): readonly string[] {
  const text =
    description.trim() === ''
      ? []
      : description
          .trim()
          .split(/\r?\n/)
          .flatMap((line) => wrapText(line, COMMENT_WIDTH))
  const blocks = tags.map(([name, value]) => `@${name} ${value.replaceAll(/\s+/g, ' ')}`.trim())
  const gap = text.length > 0 && blocks.length > 0 ? [''] : []
  return [...text, ...gap, ...blocks].map((one) => one.replaceAll('*/', '*\\/'))
}

/** Breaks text into lines of at most `width` columns, at spaces; a longer word has a line of its own. */
function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.trim().split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else {
      current = current === '' ? word : `${current} ${word}`
    }
  }
  return [...lines, current]
}
