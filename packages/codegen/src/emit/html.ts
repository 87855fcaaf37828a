/** A piece of HTML, as opposed to text that still has to be escaped. */
export interface Html {
  readonly html: string
}

/** Writes HTML; what is put in is escaped unless it is HTML itself, lists are put one behind the other. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: strings.map((text, index) => text + (index < values.length ? write(values[index]) : '')).join('') }
}

/** HTML that was written elsewhere: a style sheet, a script. */
export function raw(text: string): Html {
  return { html: text }
}

/** What may be put into HTML; nothing is written for `undefined` and `false`. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[]

function write(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  return 'html' in value ? value.html : value.map(write).join('')
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES.get(character) ?? character)
}
