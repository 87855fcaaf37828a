import { type Contract, typeNameOf } from '@wsrv/schema'

/** A schema as text with what it refers to in place of the references, so that versions of it can be told apart. */
export function expandSchema(schema: unknown, types: Contract['types']): string | undefined {
  return schema === undefined ? undefined : expand(schema, types, [])
}

function expand(value: unknown, types: Contract['types'], open: readonly string[]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((part) => expand(part, types, open)).join(',')}]`
  const parts = Object.entries(value)
    .filter(([key]) => key !== 'description')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, part]) => {
      if (key !== '$ref' || typeof part !== 'string') return `${JSON.stringify(key)}:${expand(part, types, open)}`
      const type = typeNameOf(part)
      // A type within itself is known by how far out it is.
      if (open.includes(type)) return `"$ref":${open.length - open.indexOf(type)}`
      return `"$ref":${expand(types[type] ?? {}, types, [...open, type])}`
    })
  return `{${parts.join(',')}}`
}
