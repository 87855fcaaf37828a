import type { JsonSchema } from '@wsrv/schema'
import type { Alternative, Part } from './alternatives.ts'
import { type Known, together } from './object-values.ts'

/** What the parts of an alternative say together about the arrays that match them. */
export class ArrayValues {
  readonly #parts: Alternative
  readonly minItems: number
  readonly maxItems: number
  readonly isUnique: boolean
  /** Elements that have a schema of their own. */
  readonly prefixLength: number

  constructor(parts: Alternative) {
    this.#parts = parts.filter(({ isExcluded }) => isExcluded !== true)
    const schemas = this.#parts.map(({ schema }) => schema)
    this.minItems = Math.max(0, ...schemas.map(minItemsOf))
    this.maxItems = Math.min(Infinity, ...this.#parts.map(maxItemsOf))
    this.isUnique = schemas.some(({ uniqueItems }) => uniqueItems === true)
    this.prefixLength = Math.max(0, ...schemas.map(({ prefixItems }) => prefixItems?.length ?? 0))
  }

  /** What an element has to match. */
  itemAt(index: number): Known {
    return together(this.#parts.map((part) => itemOf(part, index))) ?? { schema: true, isFilled: false }
  }
}

/** What one part says about an element. */
export function itemOf({ schema: { prefixItems, items = true }, isFilled }: Part, index: number): Known {
  const element: JsonSchema | undefined = prefixItems?.[index]
  return { schema: element ?? items, isFilled: isFilled && prefixItems === undefined }
}

/** How long an array of one part has to be: what it contains takes room. */
function minItemsOf({ minItems = 0, contains, minContains = 1 }: Part['schema']): number {
  return Math.max(minItems, contains === undefined ? 0 : minContains)
}

/** How long an array of one part may be: a tuple that ends is no longer than its elements. */
export function maxItemsOf({ schema: { maxItems = Infinity, items, prefixItems = [] } }: Part): number {
  return Math.min(maxItems, items === false ? prefixItems.length : Infinity)
}
