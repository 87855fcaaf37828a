/** One small change of a source file that a test should notice. */
export interface Mutant {
  readonly file: string
  /** Of the change, from 1. */
  readonly line: number
  readonly before: string
  readonly after: string
  /** The whole file with the change in it. */
  readonly text: string
}

/** What is replaced, and by what; each takes one place of a line. */
const OPERATORS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/ === /g, () => ' !== '],
  [/ !== /g, () => ' === '],
  [/ && /g, () => ' || '],
  [/ \|\| /g, () => ' && '],
  [/ < /g, () => ' <= '],
  [/ > /g, () => ' >= '],
  [/ <= /g, () => ' < '],
  [/ >= /g, () => ' > '],
  [/ \+= /g, () => ' -= '],
  [/ -= /g, () => ' += '],
  [/ \+ 1\b/g, () => ' - 1'],
  [/\btrue\b/g, () => 'false'],
  [/\bfalse\b/g, () => 'true'],
  [/(?<=(?:return|=>|=|\() ?)!(?=[a-z(#])/g, () => ''],
  [/(?<![\w.'])\d[\d_]*(?![\w.'])/g, (found) => String(Number(found.replaceAll('_', '')) + 1)],
  [/^ {2,}(?:this\.[#\w]+|[a-z]\w*)(?:\.[#\w]+)*\([^()]*\)$/g, () => '// nothing'],
]

/** Every mutant of a file. Comments, imports, types and texts are left alone: they do nothing. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const lines = source.split('\n')
  let isComment = false
  return lines.flatMap((line, at) => {
    if (/^\s*\/\*/.test(line)) isComment = true
    const isIdle =
      isComment || /^\s*(\/\/|import\b|export (type|interface|\*|\{)|type |interface |readonly )/.test(line)
    if (line.includes('*/')) isComment = false
    if (isIdle) return []
    const code = line.replace(/\/\/.*$|'[^']*'|`[^`]*`/g, (text) => ' '.repeat(text.length))
    return OPERATORS.flatMap(([pattern, replace]) =>
      [...code.matchAll(pattern)].map((match) => {
        const after = `${line.slice(0, match.index)}${replace(match[0])}${line.slice(match.index + match[0].length)}`
        return {
          file,
          line: at + 1,
          before: line.trim(),
          after: after.trim(),
          text: [...lines.slice(0, at), after, ...lines.slice(at + 1)].join('\n'),
        }
      }),
    )
  })
}
