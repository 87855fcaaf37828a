/** A regular expression as far as its matches are concerned: groups are gone, and so is what they capture. */
export type PatternNode =
  /** Matches nothing of the text: an empty alternative, a word's edge. */
  | { readonly kind: 'empty' }
  /** One character of a set; `source` is how the set is written. */
  | { readonly kind: 'character'; readonly source: string }
  /** `^` and `$`. */
  | { readonly kind: 'begin' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly body: PatternNode; readonly min: number; readonly max: number }
  /** A lookahead, positive or not: what it searches is read again by what follows. */
  | { readonly kind: 'ahead'; readonly body: PatternNode }

/** What a pattern has that no automaton can be made of. */
export class UnreadablePattern extends Error {
  override readonly name = 'UnreadablePattern'
}

/**
 * Reads a regular expression that ECMAScript accepts under the flag `u`.
 *
 * @throws {@link UnreadablePattern} for what is not regular: references to what a group captured, and lookbehinds that repeat.
 */
export function parsePattern(source: string): PatternNode {
  return new PatternParser(source).choice()
}

const EMPTY: PatternNode = { kind: 'empty' }

class PatternParser {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  choice(): PatternNode {
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    return parts.length === 1 ? (parts[0] ?? EMPTY) : { kind: 'choice', parts }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at))) {
      parts.push(this.#repeats(this.#atom()))
    }
    return { kind: 'sequence', parts }
  }

  #repeats(body: PatternNode): PatternNode {
    const quantifier = this.#match(/[*+?]|\{(\d+)(?:(,)(\d*))?\}/y)
    if (quantifier === undefined) return body
    this.#take('?')
    const [written, from, comma, to] = quantifier
    if (written === '*') return { kind: 'repeat', body, min: 0, max: Infinity }
    if (written === '+') return { kind: 'repeat', body, min: 1, max: Infinity }
    if (written === '?') return { kind: 'repeat', body, min: 0, max: 1 }
    const min = Number(from)
    const max = to === undefined || to === '' ? Infinity : Number(to)
    return { kind: 'repeat', body, min, max: comma === undefined ? min : max }
  }

  #atom(): PatternNode {
    if (this.#take('^')) return { kind: 'begin' }
    if (this.#take('$')) return { kind: 'end' }
    if (this.#take('(')) return this.#group()
    if (this.#match(/\\[bB]/y)) return EMPTY
    if (this.#match(/\\[1-9k]/y)) throw new UnreadablePattern('refers to what a group captured')
    const [source] = this.#match(CHARACTER) ?? ['']
    if (source === '') throw new UnreadablePattern('is written in a way that is not known')
    return { kind: 'character', source }
  }

  #group(): PatternNode {
    const [begin] = this.#match(/\?(?:<?[=!]|:|<[^>]*>)/y) ?? ['']
    if (begin === '' && this.#take('?')) throw new UnreadablePattern('changes its flags within')
    const body = this.choice()
    this.#take(')')
    if (begin === '?=' || begin === '?!') return { kind: 'ahead', body }
    if (begin !== '?<=' && begin !== '?<!') return body
    if (repeats(body)) throw new UnreadablePattern('repeats within a lookbehind')
    return EMPTY
  }

  #take(char: string): boolean {
    if (!this.#source.startsWith(char, this.#at)) return false
    this.#at += char.length
    return true
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at
    const match = expression.exec(this.#source) ?? undefined
    if (match !== undefined) this.#at = expression.lastIndex
    return match
  }
}

/** One character, however it is written. */
const CHARACTER =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[dD][89abAB].{2}\\u[dD][c-fC-F].{2}|\\u.{4}|\\x.{2}|\\c.|\\.|[^\\]/suy

/** What may be repeated so many times more, or not, is written out; what may more often counts as repeated without an end. */
export const FEW = 3

/** Whether a part may be repeated more than {@link FEW} times, itself or something in it. */
export function repeats(node: PatternNode): boolean {
  if (node.kind === 'repeat') return node.max > FEW || repeats(node.body)
  if (node.kind === 'ahead') return repeats(node.body)
  return (node.kind === 'sequence' || node.kind === 'choice') && node.parts.some(repeats)
}
