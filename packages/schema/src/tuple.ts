/**
 * The keywords of a schema with a tuple in the form of draft 2020-12: `prefixItems` and what may follow in `items`.
 *
 * TypeBox and older drafts write a tuple as an array in `items`, TypeBox a rest element as `{ type: 'rest' }`.
 *
 * @returns an error for a rest element that is not the last.
 */
export function tupleKeywords(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | Error {
  const { items, additionalItems, ...others } = schema
  if (!Array.isArray(items)) return schema
  const restAt = items.findIndex((item) => item?.type === 'rest')
  if (restAt === -1) return { ...others, prefixItems: items, items: additionalItems ?? true }
  if (restAt !== items.length - 1) return new Error('has a rest element before other elements')
  const fixed = items.slice(0, restAt)
  return { ...others, prefixItems: fixed, items: items[restAt].items?.items ?? true, minItems: fixed.length }
}
