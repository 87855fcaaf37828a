/** Properties of a text that editors or git decide, and that a change of its content must keep. */
export interface TextStyle {
  /** Whether it begins with a byte order mark. */
  readonly hasMark: boolean
  /** Whether every line ends with CRLF, as in a checkout on Windows. */
  readonly isCrlf: boolean
}

/** The style of new files. */
export const PLAIN_STYLE: TextStyle = { hasMark: false, isCrlf: false }

const MARK = '\uFEFF'

/** The style of a text on disk. Mixed line endings count as LF and are kept as they are. */
export function styleOf(raw: string): TextStyle {
  const ends = raw.split('\n').length - 1
  return { hasMark: raw.startsWith(MARK), isCrlf: ends > 0 && raw.split('\r\n').length - 1 === ends }
}

/** A text without its style: no mark, lines that end with LF. Everything that compares or edits texts works on these. */
export function toPlain(raw: string, { hasMark, isCrlf }: TextStyle): string {
  const text = hasMark ? raw.slice(MARK.length) : raw
  return isCrlf ? text.replaceAll('\r\n', '\n') : text
}

/** A plain text in a style. */
export function toStyled(text: string, { hasMark, isCrlf }: TextStyle): string {
  return (hasMark ? MARK : '') + (isCrlf ? text.replaceAll('\n', '\r\n') : text)
}
