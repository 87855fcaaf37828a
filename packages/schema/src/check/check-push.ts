import { describe } from '@wsrv/protocol'
import type { PushContract } from '../contract.ts'
import type { JsonSchema } from '../json-schema.ts'
import { viewObject } from '../object-view.ts'
import type { UnplacedProblem } from '../problem.ts'

/** What is wrong with a push by itself, its schema being read already. */
export function checkPush(push: PushContract, types: Readonly<Record<string, JsonSchema>>): readonly UnplacedProblem[] {
  return [...checkWhenSlow(push), ...checkCoalesceBy(push, types)]
}

function checkWhenSlow({ whenSlow }: PushContract): readonly UnplacedProblem[] {
  if (whenSlow === undefined || whenSlow === 'drop_oldest' || whenSlow === 'latest') return []
  return [{ wrong: `whenSlow is ${describe(whenSlow)}`, expected: '"close", "drop_oldest" or "latest"' }]
}

function checkCoalesceBy(
  { data, whenSlow, coalesceBy }: PushContract,
  types: Readonly<Record<string, JsonSchema>>,
): readonly UnplacedProblem[] {
  if (coalesceBy === undefined) return []
  if (whenSlow !== 'latest') {
    const advice = 'The other ways to treat a slow reader do not tell values apart'
    return [{ wrong: 'coalesceBy stands there without whenSlow: "latest"', expected: 'both, or neither', advice }]
  }
  const properties = viewObject(data, types) ?? new Map<string, unknown>()
  if (properties.has(coalesceBy)) return []
  const has = properties.size === 0 ? 'it has none' : `has: ${[...properties.keys()].join(', ')}`
  const wrong = `coalesceBy names ${describe(coalesceBy)}, which is not a property of data (${has})`
  return [{ wrong, expected: 'the name of a property of data' }]
}
