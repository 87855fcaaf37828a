import type { ArrayShape, ObjectShape, Shape, Shapes } from './shape.ts'

type Values = Readonly<Record<string, unknown>>

/** Returns a value without what its schema does not declare, as a copy; leaves and open values as they are. */
export function strip(value: unknown, shape: Shape, types: Shapes['types']): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (shape.kind === 'ref') return strip(value, types.get(shape.name) as Shape, types)
  if (shape.kind === 'object') return Array.isArray(value) ? value : stripObject(value as Values, shape, types)
  if (shape.kind === 'array') return Array.isArray(value) ? stripArray(value, shape, types) : value
  if (shape.kind === 'all') return mergeAll(shape.shapes.map((part) => strip(value, part, types)))
  if (shape.kind !== 'union') return value
  const accepting = shape.branches.filter((branch) => branch.accepts(value))
  return mergeAll(accepting.map((branch) => strip(value, branch.shape, types)))
}

function stripObject(value: Values, shape: ObjectShape, types: Shapes['types']): Values {
  const declared = [...shape.properties].filter(([name]) => isReadable(value, name))
  const kept = declared.map(([name, property]): Entry => [name, strip(value[name], property, types)])
  if (shape.patterns.length === 0 && shape.rest === undefined) return Object.fromEntries(kept)
  const others = Object.keys(value).filter((name) => !shape.properties.has(name))
  return Object.fromEntries([...kept, ...others.flatMap((name) => stripOther(value, name, shape, types))])
}

type Entry = readonly [name: string, value: unknown]

/** Also what an instance inherits from its class, a getter for example: the check has seen it, too. */
function isReadable(value: Values, name: string): boolean {
  return Object.hasOwn(value, name) || (!(name in Object.prototype) && value[name] !== undefined)
}

/** A property that is not declared by name; nothing when by no pattern and not at all. */
function stripOther(value: Values, name: string, { patterns, rest }: ObjectShape, types: Shapes['types']): Entry[] {
  const matching = patterns.filter(([pattern]) => pattern.test(name)).map(([, shape]) => shape)
  const shapes = matching.length === 0 && rest !== undefined ? [rest] : matching
  return shapes.length === 0 ? [] : [[name, mergeAll(shapes.map((shape) => strip(value[name], shape, types)))]]
}

function stripArray(value: readonly unknown[], { prefix, items }: ArrayShape, types: Shapes['types']): unknown[] {
  return Array.from(value, (item, index) => strip(item, prefix[index] ?? items, types))
}

/** Puts together what several shapes left of one value. */
function mergeAll(results: readonly unknown[]): unknown {
  return results.length === 0 ? {} : results.reduce(merge)
}

function merge(one: unknown, other: unknown): unknown {
  if (one === other || typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return other
  if (Array.isArray(one)) return one.map((item, index) => merge(item, (other as readonly unknown[])[index]))
  const values = new Map(Object.entries(one))
  for (const [name, value] of Object.entries(other)) {
    values.set(name, values.has(name) ? merge(values.get(name), value) : value)
  }
  return Object.fromEntries(values)
}
