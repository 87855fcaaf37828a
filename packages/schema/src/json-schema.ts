/**
 * A JSON Schema (draft 2020-12) as plain data; every TypeBox type is one.
 *
 * Deliberately open: TypeBox types and hand-written schemas are both accepted, and the generator reports what it
 * cannot express.
 */
export type JsonSchema = object

/** The names of an object schema's properties; any string for a schema whose properties the compiler cannot see. */
export type PropertyName<Schema> = Schema extends { readonly properties: infer Properties }
  ? Extract<keyof Properties, string>
  : string
