import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Alternative, alternativesOf, type Part, type Reading } from './alternatives.ts'
import { ArrayValues, itemOf, maxItemsOf } from './array-values.ts'
import { withTypeReadings } from './as-type.ts'
import { areDisjoint } from './disjoint.ts'
import { impliesNumber, impliesOpaque, impliesText } from './implied.ts'
import { isEmpty, isNever } from './is-empty.ts'
import { matchesPart } from './matches-value.ts'
import { isWithin, rangeOf } from './number-range.ts'
import { knownOf, ObjectValues } from './object-values.ts'
import { schemaText } from './schema-text.ts'
import { sentSets } from './sent-sets.ts'
import { splitSet } from './split-set.ts'
import type { TypedSet, ValueSet } from './value-set.ts'

/** Whether a server fills in defaults: for what is sent, and for what it is checked with. */
export interface Filling {
  readonly one: boolean
  readonly other: boolean
}

/** Which schemas are compared. */
export interface InclusionOptions {
  /** Types that the one schema refers to. */
  readonly one: Contract['types']
  /** Types that the other schema refers to. */
  readonly other: Contract['types']
  /** What the other schema is read for. */
  readonly reading: Reading
}

/** Questions that one comparison may lead to; beyond it the answer is no. Some 100 ms. */
const MAX_QUESTIONS = 20_000

/** How often a set of values is taken apart to see whether several alternatives cover it together. */
const MAX_SPLITS = 3

/**
 * Whether every value that one schema lets pass surely passes another. `true` is certain, `false` may be a lack of knowledge.
 *
 * Values are what well-behaved peers send: beside declared properties an open object may hold others, but none that happens
 * to have the name of a property that the other schema declares; where the one schema says of what type the others are,
 * it may.
 *
 * A question that comes up while it is being answered is answered with yes (types that refer to themselves); a no that
 * follows takes back what was concluded from it.
 */
export class Inclusion {
  readonly #options: InclusionOptions
  readonly #assumed = new Set<string>()
  readonly #refuted = new Set<string>()
  #questions = 0

  /** How many questions it has answered that were not answered before. */
  get questions(): number {
    return this.#questions
  }

  constructor(options: InclusionOptions) {
    this.#options = { ...options, one: withTypeReadings(options.one) }
  }

  /** Whether every value of `one` surely passes `other`. */
  holds(one: JsonSchema | boolean, other: JsonSchema | boolean, filling: Filling): boolean {
    if (other === true || one === false || (typeof other === 'object' && Object.keys(other).length === 0)) return true
    const key = `${filling.one}${filling.other}${JSON.stringify(one)}⊆${JSON.stringify(other)}`
    if (this.#assumed.has(key)) return true
    if (this.#refuted.has(key)) return false
    this.#questions += 1
    if (this.#questions > MAX_QUESTIONS) return false
    const before = [...this.#assumed]
    this.#assumed.add(key)
    if (this.#decide(one, other, filling)) return true
    this.#assumed.clear()
    for (const assumption of before) this.#assumed.add(assumption)
    this.#refuted.add(key)
    return false
  }

  #decide(one: JsonSchema | boolean, other: JsonSchema | boolean, filling: Filling): boolean {
    const { one: types, other: otherTypes, reading } = this.#options
    if (filling.one === filling.other) {
      const text = schemaText(one, types, filling.one)
      if (text !== undefined && text === schemaText(other, otherTypes, filling.other)) return true
    }
    const left = sentSets(one, { types, isFilled: filling.one })
    const right = alternativesOf(other, { types: otherTypes, reading, isFilled: filling.other })
    if (left === undefined || right === undefined) return false
    return left.every((set) => this.#covers(right, set, MAX_SPLITS))
  }

  /** Whether each value of a set matches one of the alternatives. */
  #covers(alternatives: readonly Alternative[], set: ValueSet, splits: number): boolean {
    if ('values' in set) {
      const options = { types: this.#options.other, reading: this.#options.reading, isFilled: false }
      return set.values.every((value) =>
        alternatives.some((parts) => parts.every((part) => matchesPart(part, value, options) === true)),
      )
    }
    if (isEmpty(set, this.#options.one)) return true
    if (alternatives.some((parts) => parts.every((part) => this.#implies(set, part, parts)))) return true
    if (splits === 0 || alternatives.length < 2) return false
    const pieces = splitSet(set, alternatives, this.#options.one)
    return pieces?.every((piece) => this.#covers(alternatives, piece, splits - 1)) ?? false
  }

  /** Whether every value of a set does what a part asks for. */
  #implies(set: TypedSet, part: Part, parts: Alternative): boolean {
    const { one, other } = this.#options
    const { schema } = part
    if (part.isExcluded === true) {
      return hasExcluded(set, part, { one, other }) || areDisjoint(set, schema, { one, other })
    }
    if (schema.enum !== undefined || 'const' in schema || !isTypeImplied(set, schema.type)) return false
    if (!impliesOpaque(set, schema, { one, other })) return false
    if (set.type === 'object') return this.#impliesObject(set, part, parts)
    if (set.type === 'array') return this.#impliesArray(set, part)
    return set.type === 'string' ? impliesText(set, schema) : impliesNumber(set, schema)
  }

  #impliesObject(set: TypedSet, part: Part, parts: Alternative): boolean {
    const object = new ObjectValues(set.parts)
    const filled = new ObjectValues(parts).filledNames().filter((name) => !object.isMandatory(name))
    const { required = [], minProperties = 0, maxProperties = Infinity } = part.schema
    const isFilledNewly = (name: string): boolean => !object.isFilledIn(name)
    const maxCount = object.maxCount() + filled.filter(isFilledNewly).length
    if (object.minCount() < minProperties || maxCount > maxProperties) return false
    if (required.some((name) => !object.isMandatory(name) && !filled.includes(name))) return false
    if (filled.some((name) => knownOf(part, name).some(({ schema }) => schema === false))) return false
    const names = new Set([...object.names, ...Object.keys(part.schema.properties ?? {})])
    return [...names].every((name) => this.#impliesProperty(object, part, name)) && this.#impliesOthers(object, part)
  }

  #impliesProperty(object: ObjectValues, part: Part, name: string): boolean {
    const value = object.valueOf(name)
    // What nothing is said about is sent only where it is declared, and what may be left out only where there is room.
    if (value === undefined && !object.names.has(name)) return true
    if (this.#isNeverThere(object, name)) return true
    return knownOf(part, name).every(({ schema, isFilled }) =>
      this.holds(value?.schema ?? true, schema, { one: value?.isFilled ?? false, other: isFilled }),
    )
  }

  /** Whether a property leaves no room for those that have to be there with it, or wants one that no value can be. */
  #isNeverThere(object: ObjectValues, name: string): boolean {
    if (object.isMandatory(name)) return false
    const names = object.namesWith(name)
    const wanted = [...names].filter((one) => one !== name && !object.isFilledIn(one))
    return names.size > object.maxCount() || wanted.some((one) => isNever(object.valueOf(one), this.#options.one))
  }

  /** The properties that have no name. */
  #impliesOthers(object: ObjectValues, { schema }: Part): boolean {
    const { additionalProperties = true, patternProperties = {} } = schema
    const holds = (one: JsonSchema | boolean, other: JsonSchema | boolean): boolean =>
      this.holds(one, other, { one: false, other: false })
    const patterns = Object.entries(patternProperties)
    const own = new Map(object.patterns)
    const foreign = object.patterns.filter(([pattern]) => patternProperties[pattern] === undefined)
    const rest = foreign.map(([, one]): JsonSchema | boolean => one)
    if (!object.hasRoom) return true
    if (!object.isClosedButForPatterns) rest.push(object.others()?.schema ?? true)
    const arePatternsImplied = patterns.every(([pattern, other]) => {
      const same = own.get(pattern)
      return same === undefined ? rest.every((one) => holds(one, other)) : holds(same, other)
    })
    return arePatternsImplied && rest.every((one) => holds(one, additionalProperties))
  }

  #impliesArray(set: TypedSet, part: Part): boolean {
    const array = new ArrayValues(set.parts)
    const { minItems = 0, uniqueItems, prefixItems = [] } = part.schema
    const length = Math.max(array.prefixLength, prefixItems.length)
    // The last one stands for all that come behind.
    const indices = Array.from({ length: length + 1 }, (_, index) => index)
    const never = indices.find((index) => isNever(array.itemAt(index), this.#options.one))
    const maxItems = Math.min(array.maxItems, never ?? Infinity)
    if (array.minItems < minItems || maxItems > maxItemsOf(part)) return false
    if (uniqueItems === true && !array.isUnique && maxItems > 1) return false
    return indices.every((index) => {
      if (index >= maxItems) return true
      const [one, other] = [array.itemAt(index), itemOf(part, index)]
      return this.holds(one.schema, other.schema, { one: one.isFilled, other: other.isFilled })
    })
  }
}

function isTypeImplied({ type, parts }: TypedSet, wanted: string | readonly string[] | undefined): boolean {
  if (wanted === undefined) return true
  const types = [wanted].flat()
  if (types.includes(type) || (type === 'integer' && types.includes('number'))) return true
  if (type !== 'number' || !types.includes('integer')) return false
  const own = parts.filter(({ isExcluded }) => isExcluded !== true).map(({ schema }) => schema)
  const isWhole = own.some(({ multipleOf }) => Number.isInteger(multipleOf))
  return isWhole && isWithin(rangeOf(own, true), EXACT)
}

/** Integers that a server takes: those that a double holds exactly. */
const EXACT = rangeOf([{ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }], true)

function hasExcluded(
  { parts }: TypedSet,
  { schema }: Part,
  { one, other }: Pick<InclusionOptions, 'one' | 'other'>,
): boolean {
  const text = schemaText(schema, other)
  return text !== undefined && parts.some((part) => part.isExcluded === true && schemaText(part.schema, one) === text)
}
