/** What has been typed so far: whole words, and the word that the line ends in. */
export interface SplitLine {
  readonly words: readonly string[]
  /** As it was typed; `''` behind a space. */
  readonly tail: string
}

/**
 * Splits a line as a shell does, but lets JSON stand as it is: `chat.send lobby {"kind": "text"}` is three words.
 *
 * @throws SyntaxError when a quote or a bracket is not closed.
 */
export function splitLine(line: string): readonly string[] {
  const words = readWords(line)
  const open = words.at(-1)?.open
  if (open !== undefined) throw new SyntaxError(`${open} is not closed`)
  return words.map(({ text }) => text)
}

/** Splits a line that is still being typed. */
export function splitTyped(line: string): SplitLine {
  const words = readWords(line)
  const last = words.at(-1)
  const isTyped = last !== undefined && (last.open !== undefined || !/\s$/.test(line))
  const whole = isTyped ? words.slice(0, -1) : words
  return { words: whole.map(({ text }) => text), tail: isTyped ? line.slice(last.at) : '' }
}

interface Word {
  readonly at: number
  readonly text: string
  /** The quote or bracket that nothing closes. */
  readonly open: string | undefined
}

function readWords(line: string): readonly Word[] {
  const words: Word[] = []
  let at = 0
  while (at < line.length) {
    const space = /^\s+/.exec(line.slice(at))?.[0].length ?? 0
    at += space
    if (at === line.length) break
    const begin = at
    let text = ''
    let open: string | undefined
    while (at < line.length && !/\s/.test(line[at] as string)) {
      const piece = readPiece(line.slice(at))
      text += piece.text
      open = piece.open
      at += piece.length
    }
    words.push({ at: begin, text, open })
  }
  return words
}

interface Piece {
  readonly text: string
  readonly length: number
  readonly open?: string
}

/** A part of a word: in quotes, JSON, or plain. */
function readPiece(line: string): Piece {
  const first = line[0] as string
  if (first === '{' || first === '[') return readJson(line)
  const quoted = first === "'" ? /^'([^']*)'/ : /^"((?:[^"\\]|\\.)*)"/s
  if (first !== "'" && first !== '"') {
    const [plain = ''] = /^[^\s'"{[]+/.exec(line) ?? []
    return { text: plain, length: plain.length }
  }
  const [whole, inner = ''] = quoted.exec(line) ?? []
  if (whole === undefined) return { text: line, length: line.length, open: first }
  return { text: first === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner, length: whole.length }
}

/** An object or a list to its last bracket; brackets inside texts do not count. */
function readJson(line: string): Piece {
  const brackets: string[] = []
  for (const { 0: token, index } of line.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') brackets.push(token)
    else if (token === '}' || token === ']') brackets.pop()
    if (brackets.length === 0) return { text: line.slice(0, index + 1), length: index + 1 }
  }
  return { text: line, length: line.length, open: brackets.at(-1) ?? '{' }
}
