import type { Contract, JsonSchema } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { matchesPart } from './matches-value.ts'
import { together } from './object-values.ts'

/**
 * Two schemas that both have to match, neither of them a choice, as one.
 *
 * @returns nothing when no value can match both.
 */
export function mergeKeywords(one: Keywords, other: Keywords, types: Contract['types']): Keywords | undefined {
  const type = mergeTypes(one, other)
  if (type === CONFLICT) return undefined
  if ('const' in one || 'const' in other) return mergeConst(one, other, types)
  const merged: Record<string, unknown> = { ...one, ...other, ...(type !== undefined && { type }) }
  for (const name of Object.keys(one) as (keyof Keywords)[]) {
    const [left, right] = [one[name], other[name]]
    if (left === undefined || right === undefined) merged[name] = left ?? right
    else if (MERGES[name] !== undefined) merged[name] = MERGES[name](left as never, right as never)
  }
  return merged
}

const CONFLICT = Symbol('no type')

function mergeTypes({ type: one }: Keywords, { type: other }: Keywords): unknown {
  if (one === undefined || other === undefined || one === other) return one ?? other
  const isNumeric = [one, other].every((type) => type === 'integer' || type === 'number')
  return isNumeric ? 'integer' : CONFLICT
}

/** A value stays where what is said beside it does not refuse it. */
function mergeConst(one: Keywords, other: Keywords, types: Contract['types']): Keywords | undefined {
  const [value, beside] = 'const' in one ? [one, other] : [other, one]
  const options = { types, reading: 'check', isFilled: false } as const
  return matchesPart({ schema: beside, isFilled: false }, value.const, options) === false ? undefined : value
}

type Merge = (one: never, other: never) => unknown

const stricterLow: Merge = (one: number, other: number) => Math.max(one, other)
const stricterHigh: Merge = (one: number, other: number) => Math.min(one, other)

const MERGES: Readonly<Record<string, Merge>> = {
  properties: (one: Properties, other: Properties) => mergeProperties(one, other),
  required: (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])],
  minimum: stricterLow,
  exclusiveMinimum: stricterLow,
  minLength: stricterLow,
  minItems: stricterLow,
  minProperties: stricterLow,
  maximum: stricterHigh,
  exclusiveMaximum: stricterHigh,
  maxLength: stricterHigh,
  maxItems: stricterHigh,
  maxProperties: stricterHigh,
}

type Properties = NonNullable<Keywords['properties']>

function mergeProperties(one: Properties, other: Properties): Properties {
  const shared = Object.keys(one).filter((name) => Object.hasOwn(other, name))
  const both = shared.map((name) => {
    const known = [one[name], other[name]].map((schema = {}) => ({ schema, isFilled: false }))
    return [name, together(known)?.schema as JsonSchema] as const
  })
  return { ...one, ...other, ...Object.fromEntries(both) }
}
