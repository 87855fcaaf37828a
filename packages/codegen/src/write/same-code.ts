/**
 * Whether two TypeScript texts differ only in formatting: white space, quotes, semicolons, trailing commas. A project may
 * format its generated files; that does not make them stale, and they are not written again.
 */
export function isSameCode(one: string, other: string): boolean {
  const start = lastBlankLine(one, commonLength(one, other))
  const [first, second] = [tokensOf(one.slice(start)), tokensOf(other.slice(start))]
  for (;;) {
    const [left, right] = [first.next(), second.next()]
    if (left.done || right.done) return left.done === right.done
    if (left.value !== right.value) return false
  }
}

/** Length of the common beginning of two texts: only the rest is compared token by token. */
function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[length] === other[length]) length++
  return length
}

/** Offset between two declarations, so that no token is cut. */
function lastBlankLine(text: string, before: number): number {
  return Math.max(0, text.lastIndexOf('\n\n', before))
}

const TOKEN =
  /\s+|(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|`(?:\\.|[^`\\])*`|[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|=>|\.\.\.|[^\s]/gu

/** The significant tokens of a text, normalized for what formatters change. */
function* tokensOf(text: string): Generator<string, undefined> {
  let previous = ''
  for (const token of spelled(text)) {
    const isLeadingBar = (token === '|' || token === '&') && OPENS.has(previous)
    if (isLeadingBar) continue
    if (previous === ',' && !CLOSES.has(token)) yield ','
    if (token !== ',') yield token
    previous = token
  }
  return undefined
}

function* spelled(text: string): Generator<string> {
  for (const [token, comment, literal] of text.matchAll(TOKEN)) {
    if (comment !== undefined) yield comment.replaceAll(/[\s*]+/g, ' ')
    else if (literal !== undefined) yield unquote(literal)
    else if (token !== ';' && token.trim() !== '') yield token
  }
}

/** Tokens after which a union may begin with a leading bar. */
const OPENS: ReadonlySet<string> = new Set(['=', ':', '(', '<', ',', '?', '['])

/** Tokens before which a comma is optional. */
const CLOSES: ReadonlySet<string> = new Set(['}', ']', ')', '>'])

/** A quoted string without its quotes and their escapes: `'a'`, `"a"` and the key `a` are the same. */
function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(['"])/g, '$1')
}
