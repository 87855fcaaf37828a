import type { Contract } from '@wsrv/schema'
import { readTemplatePattern } from '../model/template-pattern.ts'
import type { SchemaChange, Shift } from './schema-change.ts'
import { schemaText } from './schema-text.ts'

/** Constraints that a higher value makes stricter, with the value that they have when they are not given. */
const LOWER_BOUNDS = { minLength: 0, minItems: 0, minProperties: 0 } as const

/** Constraints that a lower value makes stricter. */
const UPPER_BOUNDS = ['maxLength', 'maxItems', 'maxProperties'] as const

/** Constraints that are there or not, and whose values cannot be compared. */
const MARKS = ['pattern', 'format', 'uniqueItems'] as const

/** What a text means: nothing checks it, and its readers rely on it. */
const MEANINGS = ['contentEncoding', 'contentMediaType'] as const

/** Keywords that combine schemas in ways that only a person can compare; to add one leaves fewer values, though. */
const OPAQUE = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'minContains',
  'maxContains',
  'dependentRequired',
  'dependentSchemas',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
] as const

type Values = Readonly<Record<string, unknown>>
type Types = Contract['types']

/** Compares what two versions of a variant say beside its type, its properties and its items. */
export function compareConstraints(
  one: Values,
  other: Values,
  { path, before, after }: { readonly path: string; readonly before: Types; readonly after: Types },
): readonly SchemaChange[] {
  return [
    ...compareRange(one, other).map(([name, shift]) => change(name, shift)),
    ...Object.entries(LOWER_BOUNDS).flatMap(([name, none]) => {
      const shift = compareBounds(numberOf(one[name], none), numberOf(other[name], none))
      return report(name, name === 'minItems' && isTuple(one, other) ? asType(shift) : shift)
    }),
    ...UPPER_BOUNDS.flatMap((name) =>
      report(name, compareBounds(-numberOf(one[name], Infinity), -numberOf(other[name], Infinity))),
    ),
    ...report('multipleOf', compareSteps(one['multipleOf'], other['multipleOf'])),
    ...MARKS.flatMap((name) => report(name, compareMarks(name, one[name], other[name]))),
    ...MEANINGS.flatMap((name) => report(name, one[name] === other[name] ? undefined : 'reinterpreted')),
    ...OPAQUE.flatMap((name) => report(name, compareOpaque(textOf(one[name], before), textOf(other[name], after)))),
  ]

  function report(name: string, shift: Shift | undefined): readonly SchemaChange[] {
    return shift === undefined ? [] : [change(name, shift)]
  }

  function change(name: string, shift: Shift): SchemaChange {
    return { shift, path, before: describe(name, one[name]), after: describe(name, other[name]) }
  }
}

/** Where a range begins or ends: inclusive bounds and exclusive ones say the same thing in two ways. */
function compareRange(one: Values, other: Values): readonly (readonly [name: string, shift: Shift])[] {
  const low = compareBounds(edgeOf(one, 'Minimum', 1), edgeOf(other, 'Minimum', 1))
  const high = compareBounds(edgeOf(one, 'Maximum', -1), edgeOf(other, 'Maximum', -1))
  return [
    ...(low === undefined ? [] : [[nameOfEdge('Minimum', one, other), low] as const]),
    ...(high === undefined ? [] : [[nameOfEdge('Maximum', one, other), high] as const]),
  ]
}

type Edge = 'Minimum' | 'Maximum'

const INCLUSIVE = { Minimum: 'minimum', Maximum: 'maximum' } as const

/** A bound as a number that is higher where it is stricter. */
function edgeOf(values: Values, edge: Edge, sign: 1 | -1): number {
  const inclusive = sign * numberOf(values[INCLUSIVE[edge]], -sign * Infinity)
  const exclusive = sign * numberOf(values[`exclusive${edge}`], -sign * Infinity)
  if (exclusive === -Infinity) return inclusive
  // The next integer; for other numbers, the least that makes a difference.
  const step = values['type'] === 'integer' ? 1 : Number.EPSILON * Math.max(1, Math.abs(exclusive))
  const beyond = values['type'] === 'integer' ? Math.floor(exclusive) + step : exclusive + step
  return Math.max(inclusive, beyond)
}

function nameOfEdge(edge: Edge, one: Values, other: Values): string {
  const inclusive = INCLUSIVE[edge]
  return one[inclusive] === other[inclusive] ? `exclusive${edge}` : inclusive
}

function compareBounds(before: number, after: number): Shift | undefined {
  if (before === after) return undefined
  return after > before ? 'tightened' : 'loosened'
}

function numberOf(value: unknown, none: number): number {
  return typeof value === 'number' ? value : none
}

/** What is a multiple of 6 is one of 3. */
function compareSteps(before: unknown, after: unknown): Shift | undefined {
  if (before === after) return undefined
  if (typeof before !== 'number') return 'tightened'
  if (typeof after !== 'number' || before % after === 0) return 'loosened'
  return after % before === 0 ? 'tightened' : 'unclear'
}

/** A template literal is a type: without its pattern, readers get what they were not compiled for. */
function compareMarks(name: string, before: unknown, after: unknown): Shift | undefined {
  const [was, is] = [before || undefined, after || undefined]
  if (was === is) return undefined
  if (was === undefined) return 'tightened'
  const isType = name === 'pattern' && readTemplatePattern(String(was)) !== undefined
  if (is === undefined) return isType ? 'widened' : 'loosened'
  return 'unclear'
}

function textOf(value: unknown, types: Types): string | undefined {
  return value === undefined ? undefined : (schemaText(value, types) ?? JSON.stringify(value))
}

/** Which elements of a tuple have to be there, its type says. */
function isTuple(one: Values, other: Values): boolean {
  return one['prefixItems'] !== undefined && other['prefixItems'] !== undefined
}

function asType(shift: Shift | undefined): Shift | undefined {
  if (shift === 'loosened') return 'widened'
  return shift === 'tightened' ? 'narrowed' : shift
}

function compareOpaque(before: string | undefined, after: string | undefined): Shift | undefined {
  if (before === after) return undefined
  if (before === undefined) return 'tightened'
  return after === undefined ? 'loosened' : 'unclear'
}

function describe(name: string, value: unknown): string {
  if (value === undefined) return `no ${name}`
  return typeof value === 'object' && value !== null ? `${name} {…}` : `${name} ${JSON.stringify(value)}`
}
