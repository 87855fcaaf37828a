import type { JsonSchema } from '../json-schema.ts'
import { isObjectSchema } from '../object-view.ts'
import { type ContractProblem, type Place, placeProblems, type UnplacedProblem } from '../problem.ts'

/** What is wrong with the presences of a contract: there is one at most, and `schema` is what was read of it. */
export function checkPresences(
  [declared, ...others]: readonly Place[],
  schema: JsonSchema | undefined,
  types: Readonly<Record<string, JsonSchema>>,
): readonly ContractProblem[] {
  const isWrong = declared !== undefined && schema !== undefined && !isObjectSchema(schema, types)
  return [
    ...(isWrong ? placeProblems(declared, [NOT_AN_OBJECT]) : []),
    ...others.flatMap((other) => placeProblems(other, [SECOND_PRESENCE])),
  ]
}

/** A member that shows nothing has the value `{}`, so that a value can only be an object. */
const NOT_AN_OBJECT: UnplacedProblem = {
  wrong: 'value is not an object schema',
  expected: 'Type.Object({ … }), or a union of such',
  advice: 'Give the value a name: Type.Object({ value: … })',
}

const SECOND_PRESENCE: UnplacedProblem = {
  wrong: 'the contract has a presence already',
  expected: 'one presence()',
  advice: 'Let its value be a union of what members of different rooms show',
}
