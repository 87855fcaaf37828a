import type { Schema, Subject } from './schemas.ts'

type Types = Subject['types']

/** How a value is looked at. */
export interface TypeOptions {
  readonly types: Types
  /** A request as it is sent: properties with a default may be left out. */
  readonly isSent: boolean
  /** Objects have no properties that no branch declares that may be meant, but for `zz`. */
  readonly isExact: boolean
}

/** One of the schemas that all have to match a value. */
interface Part {
  readonly schema: Schema | boolean
  readonly isSent: boolean
}

/** Whether the TypeScript type that a schema is generated as takes a value; written from the generator's rules, not with it. */
export function typeAccepts(schema: Schema, value: unknown, options: TypeOptions): boolean {
  return acceptsAll([{ schema, isSent: options.isSent }], value, options)
}

function acceptsAll(whole: readonly Part[], value: unknown, options: TypeOptions): boolean {
  return hasBranch(whole, [], options, (plain) => acceptsPlain(plain, value, { ...options, whole }))
}

/** Takes choices apart until only plain schemas are left, which have to match together: whether some of them do. */
function hasBranch(
  open: readonly Part[],
  plain: readonly Part[],
  options: TypeOptions,
  isMet: (plain: readonly Part[]) => boolean,
): boolean {
  const [first, ...rest] = open
  if (open.length + plain.length > 60) return false
  if (first === undefined) return isMet(plain)
  const { schema, isSent } = first
  if (schema === false) return false
  if (schema === true) return hasBranch(rest, plain, options, isMet)
  const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise, not, ...own } = schema
  if (typeof not === 'object' && Object.keys(not as object).length === 0) return false
  const parts: Part[] = []
  if ($ref !== undefined) parts.push({ schema: options.types[String($ref).slice(8)] ?? {}, isSent })
  for (const part of (allOf ?? []) as Schema[]) parts.push({ schema: part, isSent })
  const choices = [anyOf, oneOf].filter((choice) => choice !== undefined) as Schema[][]
  if (condition !== undefined && then !== undefined && otherwise !== undefined) {
    choices.push([then as Schema, otherwise as Schema])
  }
  const known = [...plain, { schema: own, isSent }]
  const choose = (at: number, chosen: readonly Part[]): boolean => {
    const choice = choices[at]
    if (choice === undefined) return hasBranch([...parts, ...chosen, ...rest], known, options, isMet)
    return choice.some((branch) => choose(at + 1, [...chosen, { schema: branch, isSent: false }]))
  }
  return choose(0, [])
}

/** How the value of one branch is looked at. */
interface BranchOptions extends TypeOptions {
  /** What the branch is one of. */
  readonly whole: readonly Part[]
}

function acceptsPlain(parts: readonly Part[], value: unknown, options: BranchOptions): boolean {
  if (!parts.every(({ schema }) => isOfType(schema as Schema, value))) return false
  if (Array.isArray(value)) return acceptsItems(parts, value, options)
  return typeof value !== 'object' || value === null || acceptsProperties(parts, value as Values, options)
}

type Values = Readonly<Record<string, unknown>>

function isOfType(schema: Schema, value: unknown): boolean {
  if (Array.isArray(schema['enum'])) return schema['enum'].some((one) => JSON.stringify(one) === JSON.stringify(value))
  if ('const' in schema) return JSON.stringify(schema['const']) === JSON.stringify(value)
  const implied = 'properties' in schema || 'patternProperties' in schema ? ['object'] : []
  const impliedArray = implied.length === 0 && ('items' in schema || 'prefixItems' in schema) ? ['array'] : implied
  const types = schema['type'] === undefined ? impliedArray : ([schema['type']].flat() as string[])
  return types.length === 0 || types.some((type) => hasType(type, value))
}

function hasType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

function acceptsItems(parts: readonly Part[], value: readonly unknown[], options: TypeOptions): boolean {
  for (const { schema } of parts) {
    const { prefixItems, items, minItems } = schema as Schema
    if (!Array.isArray(prefixItems)) continue
    if (value.length < Math.min(prefixItems.length, Number(minItems ?? 0))) return false
    if (items === false && value.length > prefixItems.length) return false
  }
  return value.every((item, index) => {
    const own = parts.map(({ schema, isSent }): Part => {
      const { prefixItems, items = true } = schema as Schema
      if (!Array.isArray(prefixItems)) return { schema: items as Schema, isSent }
      return { schema: (prefixItems[index] ?? items) as Schema, isSent: false }
    })
    return acceptsAll(own, item, options)
  })
}

function acceptsProperties(parts: readonly Part[], value: Values, options: BranchOptions): boolean {
  for (const { schema, isSent } of parts) {
    const { required = [], properties = {} } = schema as { required?: string[]; properties?: Record<string, Schema> }
    const needed = required.filter((name) => properties[name] !== undefined)
    if (needed.some((name) => !(name in value) && !(isSent && 'default' in (properties[name] as object)))) return false
  }
  return Object.entries(value).every(([name, own]) => {
    const known = parts.flatMap((part) => partsOf(part, name))
    if (known.length === 0) return !options.isExact || name === 'zz' || isOfSibling(name, value, options)
    return acceptsAll(known, own, options)
  })
}

/**
 * Whether another branch declares a property, of a type that its value is of: TypeScript lets that through. A branch that
 * wants other values than there are of any of its properties is taken for told apart, which TypeScript asks of constants only.
 */
function isOfSibling(name: string, value: Values, options: BranchOptions): boolean {
  return hasBranch(options.whole, [], options, (parts) => {
    if (!parts.some(({ schema }) => Object.hasOwn(Object((schema as Schema)['properties']), name))) return false
    return Object.entries(value).every(([other, own]) => {
      const known = parts.flatMap((part) => partsOf(part, other))
      return known.length === 0 || acceptsAll(known, own, options)
    })
  })
}

function partsOf({ schema, isSent }: Part, name: string): readonly Part[] {
  const {
    properties = {},
    patternProperties = {},
    additionalProperties,
  } = schema as {
    properties?: Record<string, Schema>
    patternProperties?: Record<string, Schema>
    additionalProperties?: Schema | boolean
  }
  const patterns = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, 'u').test(name))
  const own = patterns.map(([, one]): Part => ({ schema: one, isSent: false }))
  if (properties[name] !== undefined) own.push({ schema: properties[name], isSent })
  if (own.length > 0 || typeof additionalProperties !== 'object') return own
  return [{ schema: additionalProperties, isSent: false }]
}
