import type { DocComment } from './docs.ts'

/** A TypeScript type as data: what the generator makes of a JSON Schema, before it is printed. */
export type Shape =
  | { readonly kind: 'keyword'; readonly name: Keyword }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'reference'; readonly typeName: string }
  | { readonly kind: 'array'; readonly items: Shape }
  | TupleShape
  | RecordShape
  | ObjectShape
  | { readonly kind: 'union'; readonly members: readonly Shape[] }
  | { readonly kind: 'intersection'; readonly members: readonly Shape[] }

/** A type that TypeScript has a word for. */
export type Keyword = 'boolean' | 'never' | 'null' | 'number' | 'string' | 'undefined' | 'unknown'

/** A tuple; elements from `rest` on repeat. */
export interface TupleShape {
  readonly kind: 'tuple'
  readonly elements: readonly { readonly shape: Shape; readonly isOptional: boolean }[]
  readonly rest?: Shape
}

/** An object whose properties are all of one type, under keys of one type. */
export interface RecordShape {
  readonly kind: 'record'
  readonly keys: Shape
  readonly values: Shape
}

/** An object with known fields; `others` is the type of all other properties, without it there are no others. */
export interface ObjectShape {
  readonly kind: 'object'
  readonly fields: readonly Field[]
  readonly others?: Shape
}

/** A property of an {@link ObjectShape}. */
export interface Field {
  readonly name: string
  readonly shape: Shape
  readonly isOptional: boolean
  readonly docs: DocComment
}

/** A piece of a template literal type: literal text, `${string}`, `${number}`, or one of several texts. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'keyword'; readonly name: 'string' | 'number' }
  | { readonly kind: 'choice'; readonly texts: readonly string[] }

/** A named type of a generated file. */
export interface TypeDeclaration {
  readonly typeName: string
  readonly docs: DocComment
  readonly shape: Shape
  /** An interface that this one, then an interface too, extends. */
  readonly base?: string
}
