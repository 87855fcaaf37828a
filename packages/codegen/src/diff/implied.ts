import type { Contract } from '@wsrv/schema'
import type { Constraints } from './constraints.ts'
import { areDisjoint } from './disjoint.ts'
import { CHECKED_FORMATS } from './matches-value.ts'
import { isWithin, type NumberRange, rangeOf } from './number-range.ts'
import { schemaText } from './schema-text.ts'
import type { TypedSet } from './value-set.ts'

/** The types of both schemas. */
interface BothTypes {
  readonly one: Contract['types']
  readonly other: Contract['types']
}

/** Whether numbers of a set lie within a schema's bounds, at its steps. */
export function impliesNumber({ type, parts }: TypedSet, schema: Constraints): boolean {
  const own = parts.filter(({ isExcluded }) => isExcluded !== true).map((part) => part.schema)
  const steps = own.flatMap(({ multipleOf }) => multipleOf ?? [])
  const isInteger = type === 'integer' || steps.some((step) => Number.isInteger(step))
  const range = steps.reduce(toMultiples, rangeOf(own, isInteger))
  if (!isWithin(range, rangeOf([schema], isInteger))) return false
  const { multipleOf } = schema
  return multipleOf === undefined || [...steps, ...(isInteger ? [1] : [])].some((step) => isMultiple(step, multipleOf))
}

/** A range from the first to the last multiple in it; of whole steps only, with the others floating point is not to be trusted. */
function toMultiples(range: NumberRange, step: number): NumberRange {
  if (!Number.isInteger(step)) return range
  return {
    ...range,
    low: Math.max(range.low, Math.ceil(range.low / step) * step),
    high: Math.min(range.high, Math.floor(range.high / step) * step),
  }
}

/** Whether a step is a multiple of another; only where floating point says so without doubt. */
function isMultiple(step: number, of: number): boolean {
  const times = step / of
  return Number.isSafeInteger(times) && (Number.isInteger(of) || times * of === step) && step % of === 0
}

/** Whether texts of a set have a schema's length, pattern and format. */
export function impliesText({ parts }: TypedSet, schema: Constraints): boolean {
  const own = parts.filter(({ isExcluded }) => isExcluded !== true).map((part) => part.schema)
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema
  if (minLength > Math.max(0, ...own.map((one) => one.minLength ?? 0))) return false
  if (maxLength < Math.min(Infinity, ...own.map((one) => one.maxLength ?? Infinity))) return false
  if (pattern !== undefined && !own.some((one) => one.pattern === pattern)) return false
  return format === undefined || !CHECKED_FORMATS.has(format) || own.some((one) => one.format === format)
}

/** Keywords that are compared by their text only, in groups that mean something together. */
const OPAQUE: readonly (readonly (keyof Constraints | string)[])[] = [
  ['not'],
  ['if', 'then', 'else'],
  ['contains', 'minContains', 'maxContains'],
  ['dependentRequired'],
  ['dependentSchemas'],
  ['propertyNames'],
  ['unevaluatedItems', 'items', 'prefixItems', 'contains'],
  ['unevaluatedProperties', 'properties', 'patternProperties', 'additionalProperties'],
]

/** The types of the values that a group says something about; all where it is not listed. */
const CONCERNS: Readonly<Record<string, TypedSet['type']>> = {
  contains: 'array',
  dependentRequired: 'object',
  dependentSchemas: 'object',
  propertyNames: 'object',
  unevaluatedItems: 'array',
  unevaluatedProperties: 'object',
}

/** Whether a set is known to do what keywords ask for that only a full check understands: it was asked for the same. */
export function impliesOpaque(set: TypedSet, schema: Constraints, types: BothTypes): boolean {
  const wanted = schema as Readonly<Record<string, unknown>>
  return OPAQUE.every((group) => {
    const [name = ''] = group
    const concern = CONCERNS[name]
    if (wanted[name] === undefined || (concern !== undefined && concern !== set.type)) return true
    if (name === 'not' && areDisjoint(set, wanted[name] as object, types)) return true
    const text = groupText(wanted, group, types.other)
    return text !== undefined && set.parts.some((part) => groupText(part.schema, group, types.one) === text)
  })
}

function groupText(schema: object, group: readonly string[], types: Contract['types']): string | undefined {
  const keywords = schema as Readonly<Record<string, unknown>>
  const own = group.filter((name) => keywords[name] !== undefined).map((name) => [name, keywords[name]])
  return schemaText(Object.fromEntries(own), types)
}
