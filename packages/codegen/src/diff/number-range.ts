import type { Constraints } from './constraints.ts'

/** Numbers between two edges, of an edge that is excluded the next one inside. */
export interface NumberRange {
  readonly low: number
  readonly high: number
  readonly isLowExcluded: boolean
  readonly isHighExcluded: boolean
}

/** The range that bounds leave; bounds of integers are the integers themselves, however they are written. */
export function rangeOf(bounds: readonly Constraints[], isInteger: boolean): NumberRange {
  const low = strictest(bounds.map((one) => edgeOf(one.minimum, one.exclusiveMinimum, 1)))
  const high = strictest(bounds.map((one) => edgeOf(one.maximum, one.exclusiveMaximum, -1)))
  if (!isInteger) return { low: low.at, high: -high.at, isLowExcluded: low.isExcluded, isHighExcluded: high.isExcluded }
  return { low: firstInteger(low), high: -firstInteger(high), isLowExcluded: false, isHighExcluded: false }
}

/** Whether a range lies within another. */
export function isWithin(inner: NumberRange, outer: NumberRange): boolean {
  const isLowInside =
    inner.low > outer.low || (inner.low === outer.low && (!outer.isLowExcluded || inner.isLowExcluded))
  const isHighInside =
    inner.high < outer.high || (inner.high === outer.high && (!outer.isHighExcluded || inner.isHighExcluded))
  return isLowInside && isHighInside
}

/** A lower edge; an upper one is the same of negated numbers. */
interface Edge {
  readonly at: number
  readonly isExcluded: boolean
}

function edgeOf(inclusive: number | undefined, exclusive: number | undefined, sign: 1 | -1): Edge {
  const closed: Edge = { at: inclusive === undefined ? -Infinity : sign * inclusive, isExcluded: false }
  if (exclusive === undefined) return closed
  return strictest([closed, { at: sign * exclusive, isExcluded: true }])
}

function strictest(edges: readonly Edge[]): Edge {
  return edges.reduce((one, other) => (other.at > one.at || (other.at === one.at && other.isExcluded) ? other : one), {
    at: -Infinity,
    isExcluded: false,
  })
}

function firstInteger({ at, isExcluded }: Edge): number {
  return isExcluded && Number.isInteger(at) ? at + 1 : Math.ceil(at)
}
