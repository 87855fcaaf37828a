import type { SchemaChange, Shift } from './schema-change.ts'

/** Constraints that a higher value makes stricter, with the value that they have when they are not given. */
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const

/** Constraints that a lower value makes stricter. */
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const

/** Constraints that are there or not, and whose values cannot be compared. */
const MARKS = ['pattern', 'format', 'multipleOf', 'uniqueItems'] as const

/** Keywords that combine schemas in ways that only a person can compare. */
const OPAQUE = [
  'not',
  'if',
  'then',
  'else',
  'contains',
  'dependentSchemas',
  'propertyNames',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
] as const

type Values = Readonly<Record<string, unknown>>

/** Compares what two versions of a variant say beside its type, its properties and its items. */
export function compareConstraints(before: object, after: object, path: string): readonly SchemaChange[] {
  const [one, other] = [before, after].map(withoutTupleLength) as [Values, Values]
  return [
    ...LOWER_BOUNDS.flatMap((name) => report(name, compareBounds(numberOf(one[name]), numberOf(other[name])))),
    ...UPPER_BOUNDS.flatMap((name) => report(name, compareBounds(negate(one[name]), negate(other[name])))),
    ...MARKS.flatMap((name) => report(name, compareMarks(one[name], other[name]))),
    ...OPAQUE.flatMap((name) => report(name, compareOpaque(name, one[name], other[name]))),
  ]

  function report(name: string, shift: Shift | undefined): readonly SchemaChange[] {
    return shift === undefined
      ? []
      : [{ shift, path, before: describe(name, one[name]), after: describe(name, other[name]) }]
  }
}

/** A tuple's length is compared with its elements. */
function withoutTupleLength(schema: object): Values {
  if (!('prefixItems' in schema)) return schema as Values
  return { ...schema, minItems: undefined, maxItems: undefined }
}

function compareBounds(before: number, after: number): Shift | undefined {
  if (before === after) return undefined
  return after > before ? 'tightened' : 'loosened'
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NEGATIVE_INFINITY
}

function negate(value: unknown): number {
  return typeof value === 'number' ? -value : Number.NEGATIVE_INFINITY
}

function compareMarks(before: unknown, after: unknown): Shift | undefined {
  if (isSame(before, after)) return undefined
  if (before === undefined || before === false) return 'tightened'
  return after === undefined || after === false ? 'loosened' : 'unclear'
}

function compareOpaque(name: string, before: unknown, after: unknown): Shift | undefined {
  if (isSame(before, after)) return undefined
  if (name !== 'additionalProperties') return 'unclear'
  // Properties that nobody declared are let through, unless it says `false`.
  if (after === false) return 'tightened'
  return before === false ? 'loosened' : 'unclear'
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}

function describe(name: string, value: unknown): string {
  if (value === undefined) return `no ${name}`
  return typeof value === 'object' && value !== null ? `${name} {…}` : `${name} ${JSON.stringify(value)}`
}
