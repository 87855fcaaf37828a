import type { Keywords } from '../model/schema-keywords.ts'
import { typeOf } from './schema-variants.ts'

/** Keywords that {@link acceptsValue} understands, or that say nothing about a value. */
const UNDERSTOOD: ReadonlySet<string> = new Set(
  [
    'type title description examples deprecated default',
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern',
  ].flatMap((words) => words.split(' ')),
)

/** Whether a variant surely takes a scalar value; false too when it says what only a full check could tell. */
export function acceptsValue(variant: Keywords, value: unknown): boolean {
  if ('const' in variant) return JSON.stringify(variant.const) === JSON.stringify(value)
  const type = typeOf(variant)
  const own = typeOf({ const: value })
  if (type === 'anything') return Object.keys(variant).every((name) => ANNOTATIONS.has(name))
  if (type !== own && !(type === 'number' && own === 'integer')) return false
  return Object.keys(variant).every((name) => UNDERSTOOD.has(name)) && fits(variant as Bounds, value)
}

const ANNOTATIONS: ReadonlySet<string> = new Set(['title', 'description', 'examples', 'deprecated', 'default'])

interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

function fits(bounds: Bounds, value: unknown): boolean {
  if (typeof value === 'number') return fitsNumber(bounds, value)
  return typeof value !== 'string' || fitsText(bounds, value)
}

function fitsNumber(bounds: Bounds, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum, multipleOf } = bounds
  if (value < minimum || value > maximum) return false
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return false
  return multipleOf === undefined || value % multipleOf === 0
}

/** Length is in characters, as JSON Schema counts it. */
function fitsText({ minLength = 0, maxLength = Infinity, pattern }: Bounds, value: string): boolean {
  const { length } = [...value]
  return length >= minLength && length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(value))
}
