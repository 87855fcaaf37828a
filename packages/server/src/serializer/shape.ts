/**
 * What a schema declares of a value, and so what of it may leave the server. Constraints are not in it: the value was checked.
 */
export type Shape = LeafShape | ObjectShape | ArrayShape | UnionShape | AllShape | RefShape

/**
 * A value that is sent as it is: `any` whatever it holds, the others because there is nothing in it. `none` declares nothing,
 * as `{ "minLength": 1 }` beside something else does.
 */
export interface LeafShape {
  readonly kind: 'any' | 'none' | 'string' | 'number' | 'boolean' | 'null'
}

/** An object of which only what is declared is sent. A value that is not an object is a leaf. */
export interface ObjectShape {
  readonly kind: 'object'
  readonly properties: ReadonlyMap<string, Shape>
  readonly required: ReadonlySet<string>
  /** Properties by pattern. */
  readonly patterns: readonly (readonly [pattern: RegExp, shape: Shape])[]
  /** All other properties; `undefined` when they are not sent. */
  readonly rest: Shape | undefined
}

/** An array. A value that is not an array is a leaf. */
export interface ArrayShape {
  readonly kind: 'array'
  readonly prefix: readonly Shape[]
  readonly items: Shape
}

/** One of several: what any branch that accepts the value declares is sent. */
export interface UnionShape {
  readonly kind: 'union'
  readonly branches: readonly UnionBranch[]
  /** What tells the branches apart without a check; `undefined` when it takes one. */
  readonly switch: UnionSwitch | undefined
}

/** A branch of a union. */
export interface UnionBranch {
  readonly shape: Shape
  accepts(value: unknown): boolean
}

/** How the branches of a union are told apart. */
export interface UnionSwitch {
  /** For arrays; `undefined` when no branch takes any. */
  readonly array: Shape | undefined
  /** For objects, when there is one such branch. */
  readonly object: Shape | undefined
  /** For several objects: the property that tells them apart, and their shapes by its value. */
  readonly discriminator: string | undefined
  readonly byTag: ReadonlyMap<unknown, Shape>
}

/** Several at once: what any of them declares is sent. */
export interface AllShape {
  readonly kind: 'all'
  readonly shapes: readonly Shape[]
}

/** A named type of the contract, which may refer to itself. */
export interface RefShape {
  readonly kind: 'ref'
  readonly name: string
}

/** The shapes of a schema and of the named types behind it. */
export interface Shapes {
  readonly root: Shape
  readonly types: ReadonlyMap<string, Shape>
}
