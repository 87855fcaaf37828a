type Keywords = Readonly<Record<string, unknown>>

/**
 * The keywords of a schema as draft 2020-12 writes them, which is what the server checks with.
 *
 * - Tuples: TypeBox and older drafts write an array in `items`, TypeBox a rest element as `{ type: 'rest' }`; here it is
 *   `prefixItems`, and what may follow in `items`.
 * - `nullable: true` of OpenAPI 3.0: a choice of the schema and null.
 * - TypeBox's template literals: it leaves the dots of their text unescaped, and any character would pass for one.
 *
 * @returns an error for a rest element that is not the last.
 */
export function toDraft2020(schema: Keywords): Keywords | Error {
  if (schema['~kind'] === 'TemplateLiteral') return spellTemplate(schema)
  return schema['nullable'] === true ? spellNullable(schema) : spellTuple(schema)
}

/** A dot of the text is one that neither was escaped nor stands for a whole part, as in `.*`. */
function spellTemplate(schema: Keywords): Keywords {
  return { ...schema, pattern: String(schema['pattern']).replaceAll(/(?<!\\)\.(?!\*)/g, '\\.') }
}

function spellNullable({ nullable: _nullable, title, description, default: value, ...others }: Keywords): Keywords {
  const annotations = { title, description, default: value }
  const known = Object.entries(annotations).filter(([, annotation]) => annotation !== undefined)
  return { anyOf: [others, { type: 'null' }], ...Object.fromEntries(known) }
}

function spellTuple(schema: Keywords): Keywords | Error {
  const { items, additionalItems, ...others } = schema
  if (!Array.isArray(items)) return schema
  const restAt = items.findIndex((item) => item?.type === 'rest')
  if (restAt === -1) return { ...others, prefixItems: items, items: additionalItems ?? true }
  if (restAt !== items.length - 1) return new Error('has a rest element before other elements')
  const fixed = items.slice(0, restAt)
  return { ...others, prefixItems: fixed, items: items[restAt].items?.items ?? true, minItems: fixed.length }
}
