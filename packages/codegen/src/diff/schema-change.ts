/**
 * How the values that a schema takes have changed.
 *
 * - `narrowed`: fewer types of values; `widened`: more. The compiler of the other side could have known.
 * - `tightened`: a stricter constraint, such as a lower maximum; `loosened`: a laxer one.
 * - `added`: an optional property is new; `admitted`: and such were refused before; `expelled`: such are refused now.
 * - `ignored`: an optional property is not declared any more, and may still be sent; `dropped`: one that was required.
 * - `defaulted`: another default is filled in.
 * - `reinterpreted`: the same values mean something else, such as another encoding of a text.
 * - `unclear`: only a person can tell.
 */
export type Shift =
  | 'narrowed'
  | 'widened'
  | 'tightened'
  | 'loosened'
  | 'added'
  | 'admitted'
  | 'expelled'
  | 'ignored'
  | 'dropped'
  | 'defaulted'
  | 'reinterpreted'
  | 'unclear'

/** One difference between two versions of a schema, whichever way its data travels. */
export interface SchemaChange {
  readonly shift: Shift
  /** JSON Pointer into the data, with `*` for any item or key: `/items/*` + `/name`. */
  readonly path: string
  /** The type that both versions refer to by one name, and the place in it: `type Page#/limit`. */
  readonly sharedType?: string
  /** How it was, in a few words. */
  readonly before: string
  /** How it is now. */
  readonly after: string
}
