import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Alternative, alternativesOf, type Part } from './alternatives.ts'
import { readAsType } from './as-type.ts'
import { isSame } from './matches-value.ts'
import { ObjectValues } from './object-values.ts'
import { type ValueSet, valueSetsOf } from './value-set.ts'

/** The values of a type that is made of constants; nothing for other types. */
type Constants = readonly unknown[] | undefined

/**
 * The branches of a choice, each of which may declare what an object of another one has: TypeScript lets that through in
 * an object literal, unless a constant tells the two apart.
 */
export class Siblings {
  readonly #branches: readonly ObjectValues[]
  readonly #types: Contract['types']
  readonly #constants = new Map<JsonSchema | boolean, Constants>()

  constructor(branches: readonly Alternative[], types: Contract['types']) {
    this.#branches = branches.map((parts) => new ObjectValues(parts))
    this.#types = types
  }

  /** Objects with what other branches declare, where nothing else says anything about it. */
  withTheirs(set: ValueSet): ValueSet {
    if ('values' in set || set.type !== 'object') return set
    const object = new ObjectValues(set.parts)
    const found = new Map<string, readonly JsonSchema[]>()
    for (const branch of this.#branches) {
      const names = [...branch.names].filter((name) => !object.names.has(name) && object.valueOf(name) === undefined)
      if (names.length === 0 || this.#areToldApart(object, branch)) continue
      for (const name of names) {
        const schema = readAsType(branch.valueOf(name)?.schema ?? true) as JsonSchema
        found.set(name, [...(found.get(name) ?? []), schema])
      }
    }
    return found.size === 0 ? set : { ...set, parts: [...set.parts, partOf(found)] }
  }

  /** Whether objects always have a constant where a branch wants another one. */
  #areToldApart(object: ObjectValues, branch: ObjectValues): boolean {
    return [...object.names].some((name) => {
      if (!object.isMandatory(name)) return false
      const [own, theirs] = [this.#constantsOf(object, name), this.#constantsOf(branch, name)]
      return own !== undefined && theirs?.some((value) => own.some((one) => isSame(one, value))) === false
    })
  }

  #constantsOf(values: ObjectValues, name: string): Constants {
    const schema = values.valueOf(name)?.schema ?? true
    if (!this.#constants.has(schema)) this.#constants.set(schema, readConstants(schema, this.#types))
    return this.#constants.get(schema)
  }
}

function partOf(found: ReadonlyMap<string, readonly JsonSchema[]>): Part {
  const properties = [...found].map(([name, schemas]) => {
    const distinct = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]))
    return [name, { anyOf: [...distinct.values()] }] as const
  })
  return { schema: { properties: Object.fromEntries(properties) }, isFilled: false }
}

function readConstants(schema: JsonSchema | boolean, types: Contract['types']): Constants {
  const sets = alternativesOf(schema, { types, reading: 'type', isFilled: false })?.flatMap(valueSetsOf)
  if (sets?.every((set) => 'values' in set) !== true) return undefined
  const values = sets.flatMap((set) => ('values' in set ? set.values : []))
  return values.some((value) => typeof value === 'object' && value !== null) ? undefined : values
}
