import type { Field, Keyword, Shape } from './shape.ts'

/** The type of anything. */
export const UNKNOWN: Shape = { kind: 'keyword', name: 'unknown' }

/** A type that TypeScript has a word for. */
export function keyword(name: Keyword): Shape {
  return { kind: 'keyword', name }
}

/** The type of one value. */
export function literal(value: string | number | boolean): Shape {
  return { kind: 'literal', value }
}

/** A union in its simplest form: flat, each member once, nothing that another member says already. */
export function toUnion(members: readonly Shape[]): Shape {
  if (members.length === 1) return members[0] as Shape
  const flat = members.flatMap((one) => (one.kind === 'union' ? one.members : [one]))
  if (flat.some((one) => isKeyword(one, 'unknown'))) return UNKNOWN
  const kept = new Map<string, Shape>()
  for (const one of flat) {
    const key = JSON.stringify(one)
    if (!isKeyword(one, 'never') && !isCovered(one, flat) && !kept.has(key)) kept.set(key, one)
  }
  const left = mergeBooleans([...kept.values()])
  const [only] = left
  if (only === undefined) return keyword('never')
  return left.length === 1 ? only : { kind: 'union', members: left }
}

/** An intersection in its simplest form: flat, without `unknown`, objects written in place merged into one. */
export function toIntersection(members: readonly Shape[]): Shape {
  const flat = members.flatMap((one) => (one.kind === 'intersection' ? one.members : [one]))
  if (flat.some((one) => isKeyword(one, 'never'))) return keyword('never')
  const kept: Shape[] = []
  for (const one of flat) {
    if (isKeyword(one, 'unknown') || (isAnyObject(one) && flat.some((other) => isObject(other)))) continue
    const at = kept.findIndex((other) => merge(other, one) !== undefined)
    const merged = merge(kept[at], one)
    if (merged === undefined) kept.push(one)
    else kept[at] = merged
  }
  const [only] = kept
  if (only === undefined) return flat.find(isAnyObject) ?? UNKNOWN
  return kept.length === 1 ? only : { kind: 'intersection', members: kept }
}

function isKeyword(shape: Shape, name: Keyword): boolean {
  return shape.kind === 'keyword' && shape.name === name
}

/** Whether a literal's or template's keyword stands in the same union. */
function isCovered(shape: Shape, members: readonly Shape[]): boolean {
  const name = shape.kind === 'template' ? 'string' : shape.kind === 'literal' && typeof shape.value
  return name !== false && members.some((other) => other.kind === 'keyword' && other.name === name)
}

/** `true | false` is `boolean`. */
function mergeBooleans(members: readonly Shape[]): readonly Shape[] {
  const isBoolean = (shape: Shape): boolean => shape.kind === 'literal' && typeof shape.value === 'boolean'
  const first = members.findIndex(isBoolean)
  if (members.filter(isBoolean).length < 2) return members
  return members.map((one, at) => (at === first ? keyword('boolean') : one)).filter((one) => !isBoolean(one))
}

function isObject(shape: Shape): boolean {
  return shape.kind === 'object' || shape.kind === 'reference'
}

/** `Record<string, unknown>`: an object schema that says nothing more. */
function isAnyObject(shape: Shape): boolean {
  return shape.kind === 'record' && isKeyword(shape.keys, 'string') && isKeyword(shape.values, 'unknown')
}

/** Two objects as one; nothing when they are not both objects written in place, or when they share a field. */
function merge(one: Shape | undefined, other: Shape): Shape | undefined {
  if (one?.kind !== 'object' || other.kind !== 'object' || one.others || other.others) return undefined
  const names = new Set(one.fields.map(({ name }) => name))
  const isShared = ({ name }: Field): boolean => names.has(name)
  return other.fields.some(isShared) ? undefined : { kind: 'object', fields: [...one.fields, ...other.fields] }
}
