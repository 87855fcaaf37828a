import { KEYWORDS } from './json-schema.ts'

/** A schema within another. */
export interface SchemaPart {
  readonly schema: object
  readonly keyword: string
  /** How messages go on from the schema around it: `.name`, `[]`, or nothing where the part is about the same value. */
  readonly path: string
}

/** The schemas directly within a schema of a contract, whatever keyword they stand in. */
export function schemaParts(schema: object): readonly SchemaPart[] {
  return Object.entries(schema).flatMap(([keyword, value]): readonly SchemaPart[] => {
    const holds = KEYWORDS.get(keyword)
    if (holds === 'schema') return toPart(keyword, keyword === 'items' ? '[]' : '', value)
    if (holds === 'schemas' && Array.isArray(value)) return value.flatMap((part) => toPart(keyword, '', part))
    if (holds !== 'schema-map' || typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([name, part]) => toPart(keyword, `.${name}`, part))
  })
}

function toPart(keyword: string, path: string, schema: unknown): readonly SchemaPart[] {
  return typeof schema === 'object' && schema !== null ? [{ schema, keyword, path }] : []
}
