import type { TemplatePart } from './shape.ts'

/** `${string}`, `${number}`, `${integer}` and `${bigint}` as TypeBox writes them in the pattern of a template literal. */
const STRING = '.*'
const INTEGER = '-?(?:0|[1-9][0-9]*)'
const NUMBER = `${INTEGER}(?:\\.[0-9]+)?`

/** Characters that mean something in a regular expression; a pattern with one of them left is not a template's. */
const SPECIAL = /[\\^$*+?.()[\]{}|]/

/** One of them that stands for itself. */
const ESCAPED = /^\\([\\^$*+?.()[\]{}|])/

/** What no text holds, in place of a dot that stands for itself. */
const DOT = '\u0000'

/**
 * Reads the pattern of a TypeBox template literal back into its parts.
 *
 * @returns nothing for any other pattern, and for one that a template literal type cannot say.
 */
export function readTemplatePattern(pattern: string): readonly TemplatePart[] | undefined {
  const body = /^\^(.*)\$$/s.exec(pattern)?.[1]
  if (body === undefined) return undefined
  const parts: TemplatePart[] = []
  for (let at = 0; at < body.length; ) {
    const taken = takePart(body.slice(at))
    if (taken === undefined) return undefined
    const [part, length] = taken
    const previous = parts.at(-1)
    if (part.kind === 'text' && previous?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', text: previous.text + part.text }
    } else {
      parts.push(part)
    }
    at += length
  }
  return parts.some(({ kind }) => kind !== 'text') ? parts : undefined
}

function takePart(rest: string): readonly [TemplatePart, length: number] | undefined {
  if (rest.startsWith(STRING)) return [{ kind: 'keyword', name: 'string' }, STRING.length]
  if (rest.startsWith(NUMBER)) return [{ kind: 'keyword', name: 'number' }, NUMBER.length]
  if (rest.startsWith(INTEGER)) return [{ kind: 'keyword', name: 'number' }, INTEGER.length]
  const choice = /^\(([^()]*)\)/.exec(rest)
  if (choice !== null) return takeChoice(choice)
  const escaped = ESCAPED.exec(rest)?.[1]
  if (escaped !== undefined) return [{ kind: 'text', text: escaped }, 2]
  const [text] = rest
  return text === undefined || SPECIAL.test(text) ? undefined : [{ kind: 'text', text }, 1]
}

function takeChoice([match, inner = '']: RegExpExecArray): readonly [TemplatePart, length: number] | undefined {
  const texts = inner.split('|').map((text) => text.replaceAll('\\.', DOT))
  if (texts.some((text) => SPECIAL.test(text))) return undefined
  return [{ kind: 'choice', texts: texts.map((text) => text.replaceAll(DOT, '.')) }, match.length]
}
