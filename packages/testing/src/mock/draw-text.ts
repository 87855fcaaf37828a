import { generateSync } from 'json-schema-faker'
import type { Draw } from './draw.ts'
import { past } from './draw-number.ts'
import { nameText } from './name-text.ts'

/** What the draw looks at. */
export interface TextKeywords {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

/** Draws a text that a schema accepts, and that its format or its property's name makes plausible. */
export function drawText(schema: TextKeywords, name: string, draw: Draw): string {
  const { format = '', minLength = 0, maxLength = Infinity } = schema
  const formatted = FORMATS.get(format)?.(draw)
  const candidates = formatted !== undefined ? [formatted] : candidatesFor(name, draw, minLength)
  const found = candidates.map((text) => cut(text, maxLength)).find((text) => accepts(schema, text))
  return found ?? String(generateSync({ type: 'string', ...schema }, { seed: draw.whole(1, MAX_SEED) }))
}

/** What people expect under a name, in the usual spelling and as an identifier. */
function candidatesFor(name: string, draw: Draw, minLength: number): readonly string[] {
  const text = nameText(name, draw)
  const long = text.length >= minLength ? text : `${text}. ${draw.faker.lorem.sentences(3)}`.padEnd(minLength, '.')
  const words = long
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return [long, words, words.replaceAll('-', '_'), words.replaceAll('-', ''), words.toUpperCase()]
}

/** Texts of the formats that servers check; addresses are those that the RFCs keep for examples. */
const FORMATS: ReadonlyMap<string, (draw: Draw) => string> = new Map([
  ['date-time', (draw: Draw) => new Date(past(draw)).toISOString()],
  ['date', (draw: Draw) => new Date(past(draw)).toISOString().slice(0, 'YYYY-MM-DD'.length)],
  ['time', (draw: Draw) => new Date(past(draw)).toISOString().slice('YYYY-MM-DDT'.length)],
  ['uuid', (draw: Draw) => draw.faker.string.uuid()],
  ['email', (draw: Draw) => draw.faker.internet.exampleEmail().toLowerCase()],
  ['uri', (draw: Draw) => `https://example.org/${draw.word()}/${draw.whole(1, 99)}`],
  ['url', (draw: Draw) => `https://example.org/${draw.word()}/${draw.whole(1, 99)}`],
  ['hostname', (draw: Draw) => `${draw.word()}.example.org`],
  ['ipv4', (draw: Draw) => `192.0.2.${draw.whole(1, 254)}`],
  ['ipv6', (draw: Draw) => `2001:db8::${draw.whole(1, 9_999)}`],
  ['duration', (draw: Draw) => `PT${draw.whole(1, 59)}M`],
])

function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : text.slice(0, maxLength).replace(/[\s-]+$/, '')
}

function accepts({ minLength = 0, maxLength = Infinity, pattern }: TextKeywords, text: string): boolean {
  const isLong = text.length >= minLength && text.length <= maxLength
  return isLong && (pattern === undefined || matches(pattern, text))
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return false
  }
}

const MAX_SEED = 2 ** 31 - 1
