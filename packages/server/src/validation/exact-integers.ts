import { mapParts, type SchemaKeywords, type SubSchema } from './schema-keywords.ts'

/**
 * A schema whose integers are those that a double holds exactly: 9007199254740993 in a message reads as the number before it,
 * which may be the id of another user. The same object where nothing is an integer.
 */
export function withExactIntegers(schema: SubSchema): SubSchema {
  if (typeof schema === 'boolean') return schema
  const inner = mapParts(schema, withExactIntegers)
  if (!isInteger(schema)) return inner
  const { minimum, maximum } = schema as Bounds
  return {
    ...inner,
    minimum: Math.max(minimum ?? -Infinity, Number.MIN_SAFE_INTEGER),
    maximum: Math.min(maximum ?? Infinity, Number.MAX_SAFE_INTEGER),
  } as SchemaKeywords
}

/** Whether all numbers that a schema takes are integers, by its own `type`. */
export function isInteger({ type = [] }: SchemaKeywords): boolean {
  const types = [type].flat()
  return types.includes('integer') && !types.includes('number')
}

interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
}
