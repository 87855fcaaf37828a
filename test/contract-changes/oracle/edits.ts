import fc from 'fast-check'
import { grounded, type Schema, type Subject, schema } from './schemas.ts'

/** An edit of one place in a subject. */
export interface Edit {
  /** Which place, counted through the subject. */
  readonly at: number
  readonly kind: Kind
  readonly other: Schema
  readonly number: number
}

type Change = (schema: Schema, edit: Edit) => Schema

const BOUNDS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'exclusiveMinimum']

/** Edits after which a schema takes the very same values. */
const NEUTRAL = {
  describe: (one) => ({ ...one, description: 'Said.', title: 'T' }),
  reorder: (one) =>
    Object.fromEntries(
      Object.entries(one)
        .reverse()
        .map(([key, value]) => [key, reversed(key, value)]),
    ),
  'wrap in allOf': (one) => (hasDefaults(one) ? one : { allOf: [one] }),
  'wrap in anyOf': (one) => (hasDefaults(one) ? one : { anyOf: [one] }),
  'const as enum': (one) => {
    const { const: value, ...rest } = one
    return 'const' in one ? { ...rest, enum: [value] } : one
  },
  'exclusive as inclusive': (one) => {
    const { exclusiveMinimum, minimum, ...rest } = one
    const isPlain = one['type'] === 'integer' && Number.isInteger(exclusiveMinimum) && minimum === undefined
    return isPlain ? { ...rest, minimum: Number(exclusiveMinimum) + 1 } : one
  },
} satisfies Record<string, Change>

const CHANGES = {
  replace: (_one, { other }) => other,
  nullable: (one) => ({ anyOf: [one, { type: 'null' }] }),
  'one more branch': (one, { other }) => {
    const key = 'oneOf' in one ? 'oneOf' : 'anyOf'
    const branches = one[key]
    return Array.isArray(branches) ? { ...one, [key]: [...branches, other] } : { anyOf: [one, other] }
  },
  'one branch less': (one) => {
    const key = ['anyOf', 'oneOf', 'allOf'].find((name) => (one[name] as unknown[] | undefined)?.length)
    return key === undefined || (one[key] as unknown[]).length < 2
      ? one
      : { ...one, [key]: (one[key] as unknown[]).slice(1) }
  },
  'a property': (one, { other, number }) => {
    if (one['type'] !== 'object') return one
    return { ...one, properties: { ...(one['properties'] as object), [nameOf(number)]: other } }
  },
  'no property': (one, { number }) => {
    const { [nameOf(number)]: _gone, ...properties } = (one['properties'] ?? {}) as Record<string, Schema>
    const required = ((one['required'] ?? []) as string[]).filter((name) => name in properties)
    return one['properties'] === undefined ? one : { ...one, properties, required }
  },
  'toggle required': (one, { number }) => {
    const name = nameOf(number)
    if ((one['properties'] as Record<string, Schema> | undefined)?.[name] === undefined) return one
    const required = (one['required'] ?? []) as string[]
    return { ...one, required: required.includes(name) ? required.filter((own) => own !== name) : [...required, name] }
  },
  'toggle default': (one, { number }) => {
    const { default: value, ...rest } = one
    return value === undefined ? { ...one, default: [1, 'x', null, true, 2][number % 5] } : rest
  },
  'move a bound': (one, { number }) => {
    const key = BOUNDS.filter((name) => typeof one[name] === 'number')[0]
    return key === undefined ? one : { ...one, [key]: Math.max(0, Number(one[key]) + (number % 2 === 0 ? 1 : -1)) }
  },
  'another keyword': (one, { other }) => {
    const own = Object.entries(other).filter(([key]) => !['type', 'properties', 'anyOf', '$ref'].includes(key))
    return { ...one, ...Object.fromEntries(own) }
  },
  'a keyword less': (one, { number }) => {
    const keys = Object.keys(one).filter((key) => key !== 'properties')
    const gone = keys[number % Math.max(1, keys.length)]
    return Object.fromEntries(Object.entries(one).filter(([key]) => key !== gone))
  },
  'one value more': (one) => (Array.isArray(one['enum']) ? { ...one, enum: [...new Set([...one['enum'], 'w'])] } : one),
  'one value less': (one) =>
    Array.isArray(one['enum']) && one['enum'].length > 1 ? { ...one, enum: one['enum'].slice(1) } : one,
  close: (one) => (one['type'] === 'object' ? { ...one, additionalProperties: false } : one),
  others: (one, { other }) => (one['type'] === 'object' ? { ...one, additionalProperties: other } : one),
  'tuple grows': (one, { other }) => {
    return Array.isArray(one['prefixItems']) ? { ...one, prefixItems: [...one['prefixItems'], other] } : one
  },
  'tuple shrinks': (one) => {
    const items = one['prefixItems']
    return Array.isArray(items) && items.length > 1 ? { ...one, prefixItems: items.slice(0, -1) } : one
  },
  'integer or number': (one) => {
    const other = { integer: 'number', number: 'integer' }[String(one['type'])]
    return other === undefined ? one : { ...one, type: other }
  },
} satisfies Record<string, Change>

type Kind = keyof typeof NEUTRAL | keyof typeof CHANGES

const ALL: Readonly<Record<Kind, Change>> = { ...NEUTRAL, ...CHANGES }

/** A random edit. */
export const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(60),
  kind: fc.constantFrom(...(Object.keys(ALL) as Kind[])),
  other: schema,
  number: fc.nat(20),
})

/** Whether an edit leaves the values as they were. */
export function isNeutral({ kind }: Edit): boolean {
  return kind in NEUTRAL
}

/** Carries an edit out. */
export function applyEdit({ schema: own, types }: Subject, one: Edit): Subject {
  const places = [own, ...Object.values(types)].reduce((total, part) => total + countPlaces(part), 0)
  const counter = { left: one.at % places }
  const edited = editAt(own, one, counter)
  const entries = Object.entries(types).map(([name, type]) => [name, editAt(type, one, counter)])
  return grounded({ schema: edited, types: Object.fromEntries(entries) })
}

const SCHEMAS = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const MAPS = ['properties', 'patternProperties']
const SINGLE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames']

function countPlaces(one: Schema): number {
  let total = 0
  visit(one, () => {
    total += 1
    return undefined
  })
  return total
}

function editAt(one: Schema, edit: Edit, counter: { left: number }): Schema {
  return visit(one, (place) => {
    counter.left -= 1
    return counter.left === -1 ? ALL[edit.kind](place, edit) : undefined
  })
}

/** Calls with each place, outer ones first; what is returned takes its place and is not looked into. */
function visit(one: Schema, see: (place: Schema) => Schema | undefined): Schema {
  const replaced = see(one)
  if (replaced !== undefined) return replaced
  const entries = Object.entries(one).map(([key, value]) => {
    if (SCHEMAS.includes(key)) return [key, (value as Schema[]).map((part) => visit(part, see))]
    if (MAPS.includes(key)) {
      return [key, Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, visit(part, see)]))]
    }
    const isSchema = SINGLE.includes(key) && typeof value === 'object'
    return [key, isSchema ? visit(value as Schema, see) : value]
  })
  return Object.fromEntries(entries)
}

function nameOf(number: number): string {
  return ['a', 'b', 'kind'][number % 3] as string
}

function reversed(key: string, value: unknown): unknown {
  const isSet = ['required', 'enum', 'type', 'anyOf', 'oneOf'].includes(key)
  return isSet && Array.isArray(value) ? [...value].reverse() : value
}

/** A default that is wrapped is not its property's any more, and within alternatives nothing is filled in. */
function hasDefaults(one: Schema): boolean {
  return /"default":|"\$ref":/.test(JSON.stringify(one))
}
