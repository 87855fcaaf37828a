import { describe } from '@wsrv/protocol'
import { isInteger } from './exact-integers.ts'
import { listValues } from './issues.ts'
import type { SchemaKeywords } from './schema-keywords.ts'
import { jsonTypeOf } from './union-plan.ts'

/**
 * What a value fails of the keywords that look at nothing inside it, in words: `must be integer`. A value of the wrong type fails
 * that alone.
 */
export function explainValue(schema: SchemaKeywords, value: unknown, tools: ExplainTools): readonly string[] {
  const { type } = schema
  if (type !== undefined && !isOfType(type, value)) {
    return [`must be ${typeof type === 'string' ? type : type.join(' or ')}`]
  }
  if (isInteger(schema) && typeof value === 'number' && !Number.isSafeInteger(value)) return [INEXACT]
  return [...explainConstants(schema, value), ...explainParts(schema as Bounds, value, tools)]
}

const INEXACT = `must be an integer that a double holds exactly, of at most ${Number.MAX_SAFE_INTEGER}`

/** What {@link explainValue} needs. */
export interface ExplainTools {
  /** Whether a string matches a pattern, or a format; counts what that costs. */
  readonly matchesPattern: (pattern: string, text: string) => boolean
  readonly matchesFormat: (format: string, text: string) => boolean
}

function isOfType(type: string | readonly string[], value: unknown): boolean {
  if (typeof type !== 'string') return type.some((one) => isOfType(one, value))
  return type === 'integer' ? Number.isInteger(value) : jsonTypeOf(value) === type
}

function explainConstants(schema: SchemaKeywords, value: unknown): readonly string[] {
  const problems: string[] = []
  if ('const' in schema && !isEqual(schema.const, value)) problems.push(`must be ${describe(schema.const)}`)
  if (schema.enum !== undefined && !isAmong(schema.enum, value)) {
    problems.push(`must be one of ${listValues(schema.enum)}`)
  }
  return problems
}

type Bounds = Readonly<Record<string, number | undefined>> & Pick<SchemaKeywords, 'pattern' | 'format'>

function explainParts(schema: Bounds, value: unknown, tools: ExplainTools): readonly string[] {
  if (typeof value === 'number') return explainNumber(schema, value)
  if (typeof value === 'string') return explainString(schema, value, tools)
  if (Array.isArray(value)) return explainSize(value.length, schema['minItems'], schema['maxItems'], 'items')
  if (typeof value !== 'object' || value === null) return []
  return explainSize(Object.keys(value).length, schema['minProperties'], schema['maxProperties'], 'properties')
}

function explainNumber(schema: Bounds, value: number): readonly string[] {
  const bounds = NUMBER_BOUNDS.flatMap(([keyword, sign, holds]) => {
    const limit = schema[keyword]
    return limit === undefined || holds(value, limit) ? [] : [`must be ${sign} ${limit}`]
  })
  const { multipleOf } = schema
  if (multipleOf === undefined || isMultiple(value, multipleOf)) return bounds
  return [...bounds, `must be multiple of ${multipleOf}`]
}

function explainString(schema: Bounds, value: string, tools: ExplainTools): readonly string[] {
  const { pattern, format } = schema
  const size = explainSize(countChars(value, schema), schema['minLength'], schema['maxLength'], 'characters')
  // Its length alone is what is wrong: no pattern is searched for in a text that is too long for it.
  if (size.length > 0) return size
  const problems: string[] = []
  if (format !== undefined && !tools.matchesFormat(format, value)) problems.push(`must match format "${format}"`)
  if (pattern !== undefined && !tools.matchesPattern(pattern, value)) problems.push(`must match pattern "${pattern}"`)
  return problems
}

/** JSON Schema counts code points; those of a text that is far too long need not be counted. */
function countChars(value: string, { maxLength = Infinity }: Bounds): number {
  return value.length > 2 * maxLength ? value.length : [...value].length
}

function explainSize(
  size: number,
  min: number | undefined = 0,
  max: number | undefined = Infinity,
  unit: string,
): readonly string[] {
  if (size < min) return [`must not have fewer than ${min} ${unit}`]
  return size > max ? [`must not have more than ${max} ${unit}`] : []
}

const NUMBER_BOUNDS: readonly (readonly [string, string, (value: number, limit: number) => boolean])[] = [
  ['minimum', '>=', (value, limit) => value >= limit],
  ['maximum', '<=', (value, limit) => value <= limit],
  ['exclusiveMinimum', '>', (value, limit) => value > limit],
  ['exclusiveMaximum', '<', (value, limit) => value < limit],
]

/** As the validator itself says it, which forgives what a double cannot hold. */
function isMultiple(value: number, of: number): boolean {
  if (Number.isInteger(value) && (1 / of) % 1 === 0) return true
  const rest = value % of
  return Math.min(Math.abs(rest), Math.abs(rest - of), Math.abs(rest + of)) < ROUNDING
}

const ROUNDING = 1e-10

function isAmong(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value) || (typeof value === 'object' && values.some((one) => isEqual(one, value)))
}

/** Constants of a contract are small: whatever is not plainly equal is compared part by part. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other) || one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length) return false
  return keys.every((key) => Object.hasOwn(other, key) && isEqual(get(one, key), get(other, key)))
}

function get(object: object, key: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[key]
}
