import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { asType } from './as-type.ts'
import type { Constraints } from './constraints.ts'

/** A schema without references and combinators: one of the parts that all have to match. */
export interface Part {
  readonly schema: Constraints
  /** Whether the server fills in defaults here: it does not within alternatives. */
  readonly isFilled: boolean
  /** Whether this is what a value must *not* match: the other branches of a `oneOf`. */
  readonly isExcluded?: boolean
}

/** Parts that all have to match: one of the ways in which a value can match a schema. */
export type Alternative = readonly Part[]

/**
 * What a schema is read for: what a check accepts (`check`), what the generated TypeScript type does, which knows no bounds
 * (`type`), or what both let pass (`sent`).
 */
export type Reading = 'check' | 'type' | 'sent'

/** How {@link alternativesOf} reads a schema. */
export interface ReadOptions {
  readonly types: Contract['types']
  readonly reading: Reading
  readonly isFilled: boolean
}

/** Alternatives that are multiplied out at most; what has more is not taken apart. */
const MAX_ALTERNATIVES = 300

/**
 * The ways in which a value can match a schema: references followed, choices multiplied out.
 *
 * @returns nothing when there are too many.
 */
export function alternativesOf(schema: JsonSchema | boolean, options: ReadOptions): readonly Alternative[] | undefined {
  try {
    return expand(schema, options, [])
  } catch (error) {
    if (error === TOO_MANY) return undefined
    throw error
  }
}

const TOO_MANY = new Error('too many alternatives')

type Open = readonly string[]

function expand(schema: JsonSchema | boolean, options: ReadOptions, open: Open): readonly Alternative[] {
  if (typeof schema === 'boolean') return schema ? [[]] : []
  const { $ref, allOf = [], anyOf, oneOf, ...own } = schema as Constraints
  if (own.not !== undefined && Object.keys(own.not).length === 0) return []
  const inside = { ...options, isFilled: false }
  const factors = [
    ...($ref === undefined ? [] : [expandReference($ref, options, open)]),
    ...allOf.map((part) => expand(part, options, open)),
    ...(anyOf === undefined ? [] : [anyOf.flatMap((branch) => expand(branch, inside, open))]),
    ...(oneOf === undefined ? [] : [expandOneOf(oneOf, inside, open)]),
    ...expandBranches(own, inside, open),
  ]
  const first: readonly Alternative[] = [ownParts(own, options)]
  return factors.reduce<readonly Alternative[]>((left, right) => {
    if (left.length * right.length > MAX_ALTERNATIVES) throw TOO_MANY
    return left.flatMap((one) => right.map((other) => [...one, ...other]))
  }, first)
}

/** A type that is an alternative of itself adds nothing to it. */
function expandReference($ref: string, options: ReadOptions, open: Open): readonly Alternative[] {
  const name = typeNameOf($ref)
  if (open.includes(name)) return []
  return expand(options.types[name] ?? {}, options, [...open, name])
}

/** A check wants exactly one branch to match; a type takes any. */
function expandOneOf(branches: readonly JsonSchema[], options: ReadOptions, open: Open): readonly Alternative[] {
  return branches.flatMap((branch, index) => {
    const own = expand(branch, options, open)
    if (options.reading === 'type') return own
    const others = branches
      .filter((_other, at) => at !== index)
      .map((other): Part => ({ schema: other, isFilled: false, isExcluded: true }))
    return own.map((alternative) => [...alternative, ...others])
  })
}

/** A type says of `if` only that a value is of one branch or the other; what is sent meets the condition in the one only. */
function expandBranches(
  { if: condition, then, else: otherwise }: Keywords,
  options: ReadOptions,
  open: Open,
): readonly (readonly Alternative[])[] {
  if (condition === undefined || then === undefined || otherwise === undefined || options.reading === 'check') return []
  const [met, unmet] = [then, otherwise].map((branch) => expand(branch, options, open))
  if (met === undefined || unmet === undefined || options.reading === 'type')
    return [[...(met ?? []), ...(unmet ?? [])]]
  const conditions = expand(condition, options, open)
  const others: Part = { schema: condition, isFilled: false, isExcluded: true }
  return [
    [...conditions.flatMap((one) => met.map((branch) => [...one, ...branch])), ...unmet.map((one) => [...one, others])],
  ]
}

function ownParts(own: Constraints, { reading, isFilled }: ReadOptions): Alternative {
  const schema = reading === 'type' ? asType(own) : own
  return Object.keys(schema).length === 0 ? [] : [{ schema, isFilled }]
}
