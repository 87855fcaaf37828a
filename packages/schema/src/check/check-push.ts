import { describe } from '@wsrv/protocol'
import type { Contract, PushContract } from '../contract.ts'
import type { JsonSchema } from '../json-schema.ts'
import { viewObject } from '../object-view.ts'
import type { UnplacedProblem } from '../problem.ts'
import { nearest } from './nearest.ts'

/** What is wrong with a push by itself, its schema being read already. */
export function checkPush(
  push: PushContract,
  contract: Pick<Contract, 'commands' | 'types'>,
): readonly UnplacedProblem[] {
  return [...checkWhenSlow(push), ...checkCoalesceBy(push, contract.types), ...checkSnapshot(push, contract)]
}

function checkSnapshot(
  { snapshot }: PushContract,
  { commands, types }: Pick<Contract, 'commands' | 'types'>,
): readonly UnplacedProblem[] {
  if (snapshot === undefined) return []
  const wrong = `snapshot names ${describe(snapshot)}`
  const command = commands.find(({ cmd }) => cmd === snapshot)
  if (command === undefined) {
    const [meant] = nearest(
      String(snapshot),
      commands.map(({ cmd }) => cmd),
    )
    return [
      {
        wrong: `${wrong}, which is not a command`,
        expected: meant === undefined ? 'the cmd of a command' : `"${meant}"`,
      },
    ]
  }
  const expected = 'a command that answers once and requires no field'
  if (command.stream !== undefined) return [{ wrong: `${wrong}, which is a stream`, expected }]
  const required = [...(viewObject(command.request, types) ?? [])].filter(
    ([, { schema, isRequired }]) => isRequired && !('default' in schema),
  )
  if (required.length === 0) return []
  return [{ wrong: `${wrong}, which requires ${required.map(([name]) => name).join(', ')}`, expected }]
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
