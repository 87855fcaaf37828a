import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Alternative, alternativesOf } from './alternatives.ts'
import { ObjectValues } from './object-values.ts'
import { type TypedSet, type ValueSet, valueSetsOf } from './value-set.ts'

/** Most pieces that a set is taken apart into. */
const MAX_PIECES = 40

/**
 * Takes objects apart by a property that tells the alternatives apart which are to cover them: one piece for each of its
 * values or types, and one for its absence.
 *
 * @returns nothing where no property does.
 */
export function splitSet(
  { type, parts }: TypedSet,
  alternatives: readonly Alternative[],
  types: Contract['types'],
): readonly ValueSet[] | undefined {
  if (type !== 'object') return undefined
  const object = new ObjectValues(parts)
  for (const name of object.names) {
    if (!tellsApart(name, alternatives)) continue
    const pieces = piecesOf(object.valueOf(name)?.schema ?? true, types)
    if (pieces === undefined) continue
    const all = object.isMandatory(name) ? pieces : [...pieces, false]
    if (all.length < 2 || all.length > MAX_PIECES) continue
    return all.map((piece) => ({
      type,
      parts: [...parts, { schema: { properties: { [name]: piece as JsonSchema } }, isFilled: false }],
    }))
  }
  return undefined
}

/** Whether a property is of different schemas in the alternatives. */
function tellsApart(name: string, alternatives: readonly Alternative[]): boolean {
  const texts = alternatives.map((parts) => {
    return JSON.stringify(parts.map(({ schema }) => [schema.properties?.[name], schema.required?.includes(name)]))
  })
  return new Set(texts).size > 1
}

/** Schemas that a property's schema is a choice of, beside that schema itself. */
function piecesOf(schema: JsonSchema | boolean, types: Contract['types']): readonly (JsonSchema | false)[] | undefined {
  const options = { types, reading: 'sent', isFilled: false } as const
  const sets = alternativesOf(schema, options)?.flatMap(valueSetsOf)
  return sets?.flatMap((set): readonly JsonSchema[] => {
    if ('values' in set) return set.values.map((value) => ({ const: value }))
    // Types tell the pieces apart as far as they are different; else the branch itself does.
    return [{ type: set.type, ...branchOf(set) }]
  })
}

/** The parts of a branch, but for what is excluded: the schema itself says that. */
function branchOf({ parts }: TypedSet): { readonly allOf?: readonly JsonSchema[] } {
  const own = parts.filter(({ isExcluded }) => isExcluded !== true).map(({ schema }) => schema)
  return own.length === 0 ? {} : { allOf: own }
}
