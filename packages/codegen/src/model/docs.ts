/** What a doc comment says. */
export interface Docs {
  readonly description?: string
  /** Block tags in order, as `['minimum', '1']`. */
  readonly tags: readonly (readonly [name: string, text: string])[]
}

/** A doc comment that says nothing. */
export const NO_DOCS: Docs = { tags: [] }

/** The docs of something that the contract itself describes. */
export function describeAs(description: string | undefined, deprecated?: string): Docs {
  return {
    ...(description !== undefined && { description }),
    tags: deprecated === undefined ? [] : [['deprecated', deprecated]],
  }
}
