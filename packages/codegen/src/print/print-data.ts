import { Memo } from '../memo.ts'
import { propertyKey, quote } from '../names.ts'
import { STEP, WIDTH } from './layout.ts'
import { isMatrix } from './print-value.ts'

/**
 * Prints a JSON value as an expression, laid out as the formatter would, from the first column on.
 *
 * A contract can be megabytes of it, so the text is written directly, without building a `Doc`.
 *
 * @param column the column at which the value begins.
 */
export function printData(value: unknown, column: number, memo: Memo = new Memo()): string {
  return print(value, { margin: '', column, isListed: false, memo })
}

interface PrintContext {
  /** Indentation of the line where the value begins. */
  readonly margin: string
  readonly column: number
  /** Whether a comma follows. */
  readonly isListed: boolean
  readonly memo: Memo
}

function print(value: unknown, { margin, column, isListed, memo }: PrintContext): string {
  const flat = printFlat(value, WIDTH - column - (isListed ? 1 : 0))
  if (flat !== undefined) return flat
  const inner = margin + STEP
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${printItem(item, inner, memo)},`)
    return `[\n${items.join('\n')}\n${margin}]`
  }
  if (typeof value !== 'object' || value === null) return printScalar(value)
  const entries = Object.entries(value).map(
    ([key, own]) => `${inner}${printEntry(propertyKey(key), own, { margin: inner, memo })},`,
  )
  return `{\n${entries.join('\n')}\n${margin}}`
}

/** An item identical to the last run's, as in watch mode, has the same text at the same indentation. */
function printItem(item: unknown, margin: string, memo: Memo): string {
  const context = { margin, column: margin.length, isListed: true, memo }
  if (typeof item !== 'object' || item === null || margin.length > MAX_KEPT_COLUMN) return print(item, context)
  const known = memo.data.get(item)
  if (known?.margin === margin) return known.text
  const text = print(item, context)
  memo.data.set(item, { margin, text })
  return text
}

/** Deepest indentation at which items are cached: that of the commands, not of what is nested in them. */
const MAX_KEPT_COLUMN = 4

/** A string that is too long moves to its own line, unless the key is so short that moving it saves no columns. */
function printEntry(key: string, value: unknown, { margin, memo }: Pick<PrintContext, 'margin' | 'memo'>): string {
  const column = margin.length + key.length + 2
  if (typeof value !== 'string' || key.length <= STEP.length) {
    return `${key}: ${print(value, { margin, column, isListed: true, memo })}`
  }
  const text = quote(value)
  return column + text.length + 1 > WIDTH ? `${key}:\n${margin}${STEP}${text}` : `${key}: ${text}`
}

function printScalar(value: unknown): string {
  return typeof value === 'string' ? quote(value) : String(value)
}

/** A value on one line; `undefined` if it does not fit or contains an array that always breaks. */
function printFlat(value: unknown, room: number): string | undefined {
  if (Array.isArray(value)) return isMatrix(value) ? undefined : printFlatList(value, room)
  if (typeof value === 'object' && value !== null) return printFlatRecord(value, room)
  const text = printScalar(value)
  return text.length > room ? undefined : text
}

function printFlatList(items: readonly unknown[], room: number): string | undefined {
  let text = ''
  for (const item of items) {
    const flat = printFlat(item, room - text.length - (text === '' ? 2 : 4))
    if (flat === undefined) return undefined
    text = text === '' ? flat : `${text}, ${flat}`
  }
  return text.length + 2 > room ? undefined : `[${text}]`
}

function printFlatRecord(record: object, room: number): string | undefined {
  let text = ''
  for (const [key, value] of Object.entries(record)) {
    const label = `${propertyKey(key)}: `
    const flat = printFlat(value, room - text.length - label.length - (text === '' ? 4 : 6))
    if (flat === undefined) return undefined
    text = text === '' ? label + flat : `${text}, ${label}${flat}`
  }
  if (text === '') return '{}'
  return text.length + 4 > room ? undefined : `{ ${text} }`
}
