import { FORMATS, NAMES, PATTERNS, type Schema, type Subject } from './schemas.ts'

/** A source of random numbers from 0 to 1. */
export type Random = () => number

/** Random numbers that a seed repeats. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Makes a value that may well match a schema; whether it does, a check has to tell. */
export function sampleValue(subject: Subject, random: Random): unknown {
  return new Sampler(subject.types, random).value([subject.schema], 0)
}

const SCALARS = ['x', 'y', '', 'aaa', '42', 'w', 0, 1, 2, 0.5, -1, 6, 11, true, false, null]
const DEEPEST = 5

/** Names that no property has, and that match the patterns of `patternProperties`. */
const PATTERN_NAMES = ['x_1', 'a1']

class Sampler {
  readonly #types: Subject['types']
  readonly #random: Random

  constructor(types: Subject['types'], random: Random) {
    this.#types = types
    this.#random = random
  }

  value(schemas: readonly unknown[], depth: number): unknown {
    const plain = schemas.flatMap((one) => this.#flatten(one, 0))
    const [values] = plain.flatMap(listOf)
    if (values !== undefined && !this.#chance(0.02)) return this.#pick(values)
    const type = this.#pick(this.#typesOf(plain))
    if (depth > DEEPEST && (type === 'object' || type === 'array')) return type === 'object' ? {} : []
    if (type === 'object') return this.#object(plain, depth)
    if (type === 'array') return this.#array(plain, depth)
    if (type === 'string') return this.#text(plain)
    if (type === 'null') return null
    return type === 'boolean' ? this.#chance(0.5) : this.#number(plain, type === 'integer')
  }

  #flatten(one: unknown, depth: number): readonly Schema[] {
    if (typeof one !== 'object' || one === null || depth > 12) return []
    const { $ref, allOf = [], anyOf, oneOf, if: _if, then, else: otherwise, ...own } = one as Schema
    const chosen = [anyOf, oneOf].flatMap((choice) => (Array.isArray(choice) ? [this.#pick(choice)] : []))
    const branch = then === undefined && otherwise === undefined ? [] : [this.#pick([then, otherwise])]
    const parts = [...(allOf as Schema[]), ...chosen, ...branch]
    if ($ref !== undefined) parts.push(this.#types[String($ref).slice(8)])
    return [own, ...parts.flatMap((part) => this.#flatten(part, depth + 1))]
  }

  #typesOf(plain: readonly Schema[]): readonly string[] {
    const all = ['null', 'boolean', 'string', 'number', 'integer', 'object', 'array']
    const left = plain.reduce((known: readonly string[], { type, properties, items, prefixItems }) => {
      const implied = properties === undefined ? (items ?? prefixItems) && 'array' : 'object'
      const types = [type ?? implied ?? []].flat() as string[]
      if (types.length === 0) return known
      return known.filter((one) => types.includes(one) || (one === 'integer' && types.includes('number')))
    }, all)
    return left.length === 0 ? all : left
  }

  #object(plain: readonly Schema[], depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    const declared = new Set(plain.flatMap(({ properties }) => Object.keys((properties ?? {}) as object)))
    const isOpen = plain.some(({ additionalProperties, patternProperties }) => {
      return typeof additionalProperties === 'object' || patternProperties !== undefined
    })
    const extra = isOpen ? [...NAMES, 'zz', ...PATTERN_NAMES] : ['zz']
    const rate = this.#random()
    const needsMore = plain.some(({ minProperties }) => Number(minProperties) > declared.size)
    for (const name of [...declared, ...extra]) {
      const schemas = plain.flatMap((one) => schemasOf(one, name))
      const isRequired = plain.some(({ required }) => ((required ?? []) as string[]).includes(name))
      const hasDefault = schemas.some((one) => typeof one === 'object' && one !== null && 'default' in one)
      const isThere =
        isRequired && !hasDefault ? !this.#chance(0.02) : this.#chance(declared.has(name) || needsMore ? rate : 0.12)
      if (isThere) value[name] = schemas.length === 0 ? this.#pick(SCALARS) : this.value(schemas, depth + 1)
    }
    return value
  }

  #array(plain: readonly Schema[], depth: number): unknown[] {
    const lengths = plain.flatMap(({ minItems, maxItems, prefixItems }) => {
      return [minItems, maxItems, (prefixItems as unknown[] | undefined)?.length].filter(
        (one) => typeof one === 'number',
      )
    }) as number[]
    const edges = lengths.flatMap((length) => [length, length - 1, length + 1]).filter((length) => length >= 0)
    const length = Math.min(6, this.#pick([...edges, ...edges, 0, 1, 2]))
    return Array.from({ length }, (_, index) => {
      const own = plain.map(({ prefixItems, items }) => (prefixItems as unknown[] | undefined)?.[index] ?? items ?? {})
      const contained = this.#chance(0.3) ? plain.flatMap(({ contains }) => contains ?? []) : []
      return this.value([...own, ...contained], depth + 1)
    })
  }

  #text(plain: readonly Schema[]): string {
    const known = plain.flatMap(({ pattern, format }) => [
      ...(PATTERNS.get(String(pattern)) ?? []),
      ...(FORMATS.get(String(format)) ?? []),
    ])
    const lengths = plain
      .flatMap(({ minLength, maxLength }) => [minLength, maxLength])
      .filter((one) => typeof one === 'number')
    const edges = lengths.flatMap((length) => [length, length + 1, Math.max(0, length - 1)])
    const texts = edges.map((length) => 'a'.repeat(length)).concat(edges.map((length) => '1'.repeat(length)))
    return this.#pick([...known, ...known, ...texts, 'x', 'y', '', 'aaa', '42', 'w', 'hello', 'a'.repeat(45)])
  }

  #number(plain: readonly Schema[], isInteger: boolean): number {
    const edges = plain
      .flatMap(({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }) => {
        return [minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf]
      })
      .filter((edge) => typeof edge === 'number')
    const steps = plain.flatMap(({ multipleOf }) => (typeof multipleOf === 'number' ? [multipleOf] : []))
    const near = edges.flatMap((edge) => [
      ...[edge, edge + 1, edge - 1, edge + 0.25, edge - 0.25, edge * 2, edge * 3],
      ...steps.flatMap((step) => [edge + step, edge - step, Math.floor(edge / step) * step]),
    ])
    const found = this.#pick([
      ...near,
      ...near,
      -2,
      -1,
      0,
      1,
      2,
      3,
      4,
      5,
      6,
      9,
      10,
      11,
      12,
      0.5,
      1.5,
      0.1,
      100,
      -100,
      2 ** 60,
    ])
    return isInteger ? Math.round(found) : found
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#random() * values.length)] as Value
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }
}

function listOf(one: Schema): readonly (readonly unknown[])[] {
  if ('const' in one) return [[one['const']]]
  return Array.isArray(one['enum']) ? [one['enum']] : []
}

function schemasOf({ properties, patternProperties, additionalProperties }: Schema, name: string): readonly unknown[] {
  const own = (properties as Record<string, Schema> | undefined)?.[name]
  const patterns = Object.entries((patternProperties ?? {}) as Record<string, Schema>)
  const known = [
    ...(own === undefined ? [] : [own]),
    ...patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, one]) => one),
  ]
  return known.length > 0 || typeof additionalProperties !== 'object' ? known : [additionalProperties]
}
