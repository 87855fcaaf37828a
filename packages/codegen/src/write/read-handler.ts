/** A call of `defineHandler`. */
export interface HandlerCall {
  readonly cmd: string
  /** The exported constant; absent if the call is not exported as one. */
  readonly exportName?: string
  /** Offset of the command's name. */
  readonly at: number
}

/** A line of the handler index: which import serves which command. */
export interface IndexLine {
  readonly cmd: string
  readonly name: string
}

/** A name that the handler index imports, and from where. */
export interface IndexImport {
  /** The export's name in its module. */
  readonly imported: string
  /** Its local name in the index. */
  readonly name: string
  /** `./register.ts`. */
  readonly from: string
  /** Offset of the name. */
  readonly at: number
}

const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*'
const CALL = new RegExp(
  `(?:\\bexport\\s+const\\s+(${NAME})[^=;]*=\\s*)?\\bdefineHandler\\(\\s*(['"])([^'"\\n]+)\\2`,
  'gu',
)

/** `export const join: Handler<'chat.join'> = …` without `defineHandler`. */
const TYPED = new RegExp(
  `\\bexport\\s+const\\s+(${NAME})\\s*:\\s*Handler<\\s*(['"])([^'"\\n]+)\\2\\s*>\\s*=(?!\\s*defineHandler)`,
  'gu',
)

/** Finds the handlers of a file. Matches text instead of parsing, so that large projects stay fast. */
export function findHandlerCalls(text: string): readonly HandlerCall[] {
  const code = blankComments(text)
  return [...code.matchAll(CALL), ...code.matchAll(TYPED)].map((match) => {
    const [all, exportName, quote = '', cmd = ''] = match
    const at = match.index + all.lastIndexOf(quote + cmd + quote)
    return { cmd, ...(exportName !== undefined && { exportName }), at }
  })
}

/** Whether a file may export a name, judged by its text: `export *` and destructuring may export any. */
export function mayExport(text: string, name: string): boolean {
  const code = blankComments(text)
  const escaped = name.replaceAll('$', '\\$')
  const declared = new RegExp(
    `\\bexport\\s+(?:async\\s+)?(?:const|let|var|function\\*?|class)\\s+${escaped}(?![\\p{ID_Continue}$])`,
    'u',
  )
  const listed = new RegExp(`\\bexport\\s*\\{[^}]*(?<![\\p{ID_Continue}$])${escaped}\\s*[,}]`, 'u')
  return declared.test(code) || listed.test(code) || /\bexport\s*(\*|(const|let|var)\s*[{[])/.test(code)
}

const IMPORT = /\bimport\s*\{([^}]*)\}\s*from\s*(['"])(\.\/[^'"\n]+)\2/g

/** The names that a handler index imports from its folder, without types. */
export function findIndexImports(text: string): readonly IndexImport[] {
  return [...blankComments(text).matchAll(IMPORT)].flatMap(({ 0: all, 1: names = '', 3: from = '', index }) => {
    let at = index + all.indexOf('{') + 1
    return names.split(',').flatMap((one) => {
      const start = at + one.search(/\S|$/)
      at += one.length + 1
      const [imported = '', as, name = imported] = one.trim().split(/\s+/)
      return imported === '' || imported === 'type'
        ? []
        : [{ imported, name: as === 'as' ? name : imported, from, at: start }]
    })
  })
}

/** The lines of a handler index that assign an imported name to a command directly. */
export function findIndexLines(text: string): readonly IndexLine[] {
  const [, body = ''] = /\bhandlers\b[^={]*=\s*\{([\s\S]*?)\n?\}/.exec(blankComments(text)) ?? []
  return body.split(/,|\n/).flatMap((line) => {
    const [, quoted, bare, name = bare] = LINE.exec(line) ?? []
    const cmd = quoted?.slice(1, -1) ?? bare
    return cmd === undefined || name === undefined ? [] : [{ cmd, name }]
  })
}

const LINE = new RegExp(`^\\s*(?:('[^']+'|"[^"]+")\\s*:|(${NAME})\\s*(?::|$))\\s*(${NAME})?\\s*$`, 'u')

const COMMENT_OR_TEXT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

/** Replaces comments by spaces, so that offsets stay valid. */
function blankComments(text: string): string {
  return text.replaceAll(COMMENT_OR_TEXT, (part) => (part.startsWith('/') ? part.replaceAll(/[^\n]/g, ' ') : part))
}

/** Line and column of an offset, both counted from 1. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
