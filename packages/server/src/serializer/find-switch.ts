import type { SchemaTypes, SubSchema } from '../validation/schema-keywords.ts'
import { UnionPlan } from '../validation/union-plan.ts'
import type { Shape, UnionBranch, UnionSwitch } from './shape.ts'

/**
 * How the alternatives of a union are told apart without a check: at most one takes arrays, and one takes objects or a constant
 * property says which. Alternatives without anything in them, such as strings and null, need no telling apart.
 *
 * @returns `undefined` when it takes a check.
 */
export function findSwitch(
  alternatives: readonly SubSchema[],
  branches: readonly UnionBranch[],
  types: SchemaTypes,
): UnionSwitch | undefined {
  const plan = new UnionPlan(alternatives, types)
  const shapeOf = (index: number | undefined): Shape | undefined =>
    index === undefined ? undefined : branches[index]?.shape
  const arrays = plan.candidates([])
  if (arrays.length > 1 || branches.some(({ shape }) => shape.kind === 'none')) return undefined
  const array = shapeOf(arrays[0])
  const untagged = plan.candidates({})
  const { discriminator } = plan
  if (discriminator === undefined) {
    if (untagged.length > 1) return undefined
    return { array, object: shapeOf(untagged[0]), discriminator: undefined, byTag: new Map() }
  }
  const byTag = plan.tags.map((tag) => [tag, plan.candidates({ [discriminator]: tag })] as const)
  if (untagged.length > 0 || byTag.some(([, candidates]) => candidates.length !== 1)) return undefined
  const shapes = byTag.map(([tag, [index]]) => [tag, shapeOf(index) as Shape] as const)
  return { array, object: undefined, discriminator, byTag: new Map(shapes) }
}
