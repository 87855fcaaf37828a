/** Trusted HTML, as opposed to text that still has to be escaped. */
export interface Html {
  readonly html: string
}

/** Template tag for HTML: escapes inserted text, inserts `Html` as it is, and concatenates lists. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: strings.map((text, index) => text + (index < values.length ? write(values[index]) : '')).join('') }
}

/** Marks text as trusted HTML: a style sheet, a script. */
export function raw(text: string): Html {
  return { html: text }
}

/** What a template may insert; `undefined` and `false` insert nothing. */
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
