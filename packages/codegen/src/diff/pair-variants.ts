import type { Keywords } from '../model/schema-keywords.ts'
import { keyOf } from './schema-variants.ts'

/** How variants of two versions belong together. */
export interface Pairing {
  readonly pairs: readonly (readonly [before: Keywords, after: Keywords])[]
  /** Variants of the old version that have none like them in the new. */
  readonly lost: readonly Keywords[]
  /** Variants of the new version that have none like them in the old. */
  readonly gained: readonly Keywords[]
}

/** Pairs the variants of two versions: those that are equal first, then by value, discriminator or type, in their order. */
export function pairVariants(before: readonly Keywords[], after: readonly Keywords[]): Pairing {
  const equal = pairBy(before, after, (variant) => JSON.stringify(variant))
  const alike = pairBy(equal.lost, equal.gained, keyOf)
  return { ...alike, pairs: [...equal.pairs, ...alike.pairs] }
}

function pairBy(
  before: readonly Keywords[],
  after: readonly Keywords[],
  nameOf: (variant: Keywords) => string,
): Pairing {
  const waiting = new Map<string, Keywords[]>()
  for (const variant of after) waiting.set(nameOf(variant), [...(waiting.get(nameOf(variant)) ?? []), variant])
  const pairs: (readonly [Keywords, Keywords])[] = []
  const lost: Keywords[] = []
  for (const variant of before) {
    const match = waiting.get(nameOf(variant))?.shift()
    if (match === undefined) lost.push(variant)
    else pairs.push([variant, match])
  }
  const left = new Set([...waiting.values()].flat())
  return { pairs, lost, gained: after.filter((variant) => left.has(variant)) }
}
