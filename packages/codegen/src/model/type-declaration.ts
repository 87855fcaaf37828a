import type { Docs } from './docs.ts'
import type { Shape } from './shape.ts'

/** A named type of a generated file. */
export interface TypeDeclaration {
  readonly typeName: string
  readonly docs: Docs
  readonly shape: Shape
  /** An interface that this one, then an interface too, extends. */
  readonly base?: string
}
