/**
 * A JSON Schema (draft 2020-12) as plain data; every TypeBox type is one.
 *
 * Deliberately open: TypeBox types and hand-written schemas are both accepted, and the generator reports what it
 * cannot express.
 */
export type JsonSchema = object

/** The names of an object schema's properties; any string for a schema whose properties the compiler cannot see. */
export type PropertyName<Schema> = Schema extends { readonly properties: infer Properties }
  ? Extract<keyof Properties, string>
  : string

/**
 * What the keywords of JSON Schema (draft 2020-12) hold that do not simply hold a JSON value; `nothing` is what a contract
 * leaves out because its named types say it.
 */
export const KEYWORDS: ReadonlyMap<string, 'schema' | 'schemas' | 'schema-map' | 'nothing'> = new Map([
  ['additionalProperties', 'schema'],
  ['contains', 'schema'],
  ['else', 'schema'],
  ['if', 'schema'],
  ['items', 'schema'],
  ['not', 'schema'],
  ['propertyNames', 'schema'],
  ['then', 'schema'],
  ['unevaluatedItems', 'schema'],
  ['unevaluatedProperties', 'schema'],
  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],
  ['prefixItems', 'schemas'],
  ['dependentSchemas', 'schema-map'],
  ['patternProperties', 'schema-map'],
  ['properties', 'schema-map'],
  ['$comment', 'nothing'],
  ['$defs', 'nothing'],
  ['$id', 'nothing'],
  ['$schema', 'nothing'],
  ['definitions', 'nothing'],
])

/** Whether a value is the same after it was written as JSON and read again. */
export function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean'
  if (value === null) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false
  return Object.values(value).every(isJson)
}
