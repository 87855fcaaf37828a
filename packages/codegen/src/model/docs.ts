/** A doc comment. */
export interface DocComment {
  readonly description?: string
  /** Block tags in order, as `['minimum', '1']`. */
  readonly tags: readonly (readonly [name: string, text: string])[]
}

/** An empty doc comment. */
export const NO_DOCS: DocComment = { tags: [] }

/** The docs of something that the contract itself describes. */
export function describeAs(description: string | undefined, deprecated?: string): DocComment {
  return {
    ...(description !== undefined && { description }),
    tags: deprecated === undefined ? [] : [['deprecated', deprecated]],
  }
}
