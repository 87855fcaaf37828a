/** Keywords that give a schema enough structure to be recognised wherever it stands. */
const STRUCTURAL = ['anyOf', 'oneOf', 'allOf', 'enum'] as const

/**
 * Whether a schema says so much that an equal one means the same thing.
 *
 * An exported `Type.String()` must not name every string; an exported object names the copies
 * that `Type.Optional(User)` makes.
 */
export function isStructured(schema: object): boolean {
  const properties: unknown = 'properties' in schema ? schema.properties : undefined
  if (typeof properties === 'object' && properties !== null && Object.keys(properties).length > 0) return true
  return STRUCTURAL.some((keyword) => keyword in schema)
}

/** The schema's JSON but for its `$id`, by which equal schemas are recognised; nothing for what cannot be written as JSON. */
export function structureOf(schema: object): string | undefined {
  try {
    return JSON.stringify({ ...schema, $id: undefined })
  } catch {
    return undefined
  }
}

/** What equal schemas surely share and most others do not, at little cost. */
export function outlineOf(schema: object): string {
  const parts = Object.entries(schema).map(([keyword, value]) => {
    if (value === undefined || keyword === '$id') return ''
    return typeof value === 'object' && value !== null ? `${keyword} ${Object.keys(value).join()}` : keyword
  })
  return parts.filter((part) => part !== '').join(';')
}
