import type { Output } from '../output.ts'
import { printable } from './printable.ts'

/** The width that people's terminals have at least. */
const MAX_COLUMNS = 80

type Colors = Output['colors']

/** A value as JSON for people: what fits into a line of 80 columns stays on one. */
export function jsonText(value: unknown, colors: Colors): string {
  return write(value, { indent: '', before: 0, colors })
}

/** A value as JSON for programs: one line, plain. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value)
}

interface Place {
  readonly indent: string
  /** Characters before the value on its line, the indent included. */
  readonly before: number
  readonly colors: Colors
}

function write(value: unknown, place: Place): string {
  const plain = flat(value)
  const isSplit = place.before + plain.length >= MAX_COLUMNS && typeof value === 'object' && value !== null
  return isSplit ? writeParts(value, place) : paint(value, place.colors)
}

function writeParts(value: object, { indent, colors }: Place): string {
  const inner = `${indent}  `
  const lines = Object.entries(value).map(([name, part]) => {
    const key = Array.isArray(value) ? '' : `${quote(name)}: `
    const text = write(part, { indent: inner, before: inner.length + key.length, colors })
    return `${inner}${Array.isArray(value) ? '' : `${colors.cyan(quote(name))}: `}${text}`
  })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** A value on one line, without colours. */
function flat(value: unknown): string {
  return paint(value, undefined)
}

function paint(value: unknown, colors: Colors | undefined): string {
  if (Array.isArray(value)) return `[${value.map((part) => paint(part, colors)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => {
      const key = quote(name)
      return `${colors === undefined ? key : colors.cyan(key)}: ${paint(part, colors)}`
    })
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
  }
  const text = quote(value)
  if (colors === undefined) return text
  return typeof value === 'string' ? colors.green(text) : colors.yellow(text)
}

function quote(value: unknown): string {
  return printable(JSON.stringify(value) ?? 'null')
}
