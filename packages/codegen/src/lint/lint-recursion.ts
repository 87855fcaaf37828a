import { type BuiltContract, type ContractProblem, schemaParts } from '@wsrv/schema'
import { type LintedSchema, namesIn } from './linted-schema.ts'

/**
 * Finds types that refer to themselves and look at a value in several ways, with a keyword that counts what the others have looked
 * at: what is known of a value then cannot be used again, and each level may double the work of a check.
 */
export function lintRecursion(
  roots: readonly LintedSchema[],
  types: BuiltContract['contract']['types'],
): readonly ContractProblem[] {
  return roots.flatMap(({ schema, path, place, isSent }) => {
    if (!isSent || types[path] !== schema) return []
    const others = namesIn([schema], types)
    if (!others.has(path)) return []
    const circle = [...others].filter((name) => namesIn([types[name] ?? {}], types).has(path))
    const keywords = new Set(circle.flatMap((name) => keywordsIn(types[name] ?? {})))
    const counting = COUNTING.find((keyword) => keywords.has(keyword))
    const branching = BRANCHING.find((keyword) => keywords.has(keyword))
    if (counting === undefined || branching === undefined) return []
    return [
      {
        ...place,
        wrong: `${path} refers to itself, and has ${branching} and ${counting}: each level of its data may double the work of a check. Servers refuse data that costs too much`,
        expected: `a type that refers to itself to do without ${counting}`,
        advice: 'Say additionalProperties: false in each alternative, or items in each',
      },
    ]
  })
}

const COUNTING = ['unevaluatedProperties', 'unevaluatedItems']
const BRANCHING = ['anyOf', 'oneOf', 'allOf', 'if', 'not', 'dependentSchemas', 'contains']

function keywordsIn(schema: object): readonly string[] {
  return [...Object.keys(schema), ...schemaParts(schema).flatMap((part) => keywordsIn(part.schema))]
}
