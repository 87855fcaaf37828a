import { readTemplatePattern } from '../model/template-pattern.ts'

/** The keywords that an example of a string or a number satisfies. */
export interface ScalarKeywords {
  readonly type?: string | readonly string[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly pattern?: string
}

/** One example for each format of JSON Schema. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['date', '2026-01-31'],
  ['date-time', '2026-01-31T12:00:00Z'],
  ['duration', 'PT1H'],
  ['email', 'ada@example.org'],
  ['hostname', 'example.org'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['time', '12:00:00Z'],
  ['uri', 'https://example.org/'],
  ['url', 'https://example.org/'],
  ['uuid', '123e4567-e89b-42d3-a456-426614174000'],
])

/** A string that a schema accepts. */
export function exampleText({ format = '', pattern, minLength = 0, maxLength = Infinity }: ScalarKeywords): string {
  const fit = (text: string): string => text.slice(0, maxLength).padEnd(minLength, 'x')
  const known = FORMATS.get(format)
  if (known !== undefined && (pattern === undefined || matches(pattern, known))) return known
  return (pattern === undefined ? undefined : exampleOfPattern(pattern, fit)) ?? fit('text')
}

/** Candidates for the usual patterns. */
const TEXTS = [
  ...['text', 'a', 'A', '1', 'a1', 'A1', 'ab', 'AB', 'abc', 'ABC', '12', '123', '1234', '12345', '123456', '00', '1.0'],
  ...['1.0.0', 'v1', '#a1b2c3', 'a-1', 'a_1', 'a.b', 'a/b', '/a', '+15550100', '12:00', '0x1a', 'en', 'en-US', 'EUR'],
  ...[...FORMATS.values()],
]

/** A string that matches a pattern; `undefined` if no candidate does. */
export function exampleOfPattern(pattern: string, fit: (text: string) => string): string | undefined {
  const parts = readTemplatePattern(pattern)?.map((part) => {
    if (part.kind === 'choice') return part.texts[0] ?? ''
    if (part.kind === 'text') return part.text
    return part.name === 'number' ? '1' : 'a'
  })
  const [, prefix = ''] = LITERAL_PREFIX.exec(pattern) ?? []
  const candidates = [...(parts === undefined ? [] : [parts.join('')]), ...TEXTS, ...TEXTS.map((text) => prefix + text)]
  return [...candidates.map(fit), ...candidates].find((text) => matches(pattern, text))
}

/** The literal prefix of a pattern. */
const LITERAL_PREFIX = /^\^([\w/:-]+)/

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return false
  }
}

/** The smallest accepted number that is at least 1; without one, the smallest or the largest accepted number. */
export function exampleNumber(schema: ScalarKeywords): number {
  const {
    type,
    minimum = -Infinity,
    exclusiveMinimum = -Infinity,
    maximum = Infinity,
    exclusiveMaximum = Infinity,
  } = schema
  const isWhole = [type].flat().includes('integer') && ![type].flat().includes('number')
  const step = schema.multipleOf ?? (isWhole ? 1 : 0)
  const up = (value: number): number => (step === 0 ? value : Math.ceil(value / step) * step)
  const down = (value: number): number => (step === 0 ? value : Math.floor(value / step) * step)
  const fits = (value: number): boolean =>
    value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum
  const nudge = step === 0 ? Math.min(1, (exclusiveMaximum - exclusiveMinimum) / 2) : step
  const candidates = [
    ...(minimum > -Infinity ? [up(minimum)] : []),
    ...(exclusiveMinimum > -Infinity ? [up(exclusiveMinimum), up(exclusiveMinimum + nudge)] : []),
    ...[up(1), up(0), (minimum + maximum) / 2, (exclusiveMinimum + maximum) / 2, (minimum + exclusiveMaximum) / 2],
    ...[down(maximum), down(exclusiveMaximum), down(exclusiveMaximum - nudge)],
  ]
  return candidates.find((value) => Number.isFinite(value) && fits(value)) ?? 1
}
