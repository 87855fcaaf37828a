import type { Schema } from '../oracle/schemas.ts'
import type { Verdict, Worst } from './verdict.ts'

/** Verdicts by what they are about. */
export type Verdicts = Readonly<Record<string, Readonly<Record<string, Verdict>>>>

export const row = (before: Schema, after: Schema, request: Worst, response: Worst): Verdict => ({
  before,
  after,
  request,
  response,
})
export const object = (properties: object, rest: object = {}): Schema => ({ type: 'object', properties, ...rest })
export const tuple = (prefixItems: readonly Schema[], rest: object = {}): Schema => ({
  type: 'array',
  prefixItems,
  items: false,
  minItems: prefixItems.length,
  ...rest,
})
export const any = (...anyOf: readonly Schema[]): Schema => ({ anyOf })
export const one = (...oneOf: readonly Schema[]): Schema => ({ oneOf })
export const all = (...allOf: readonly Schema[]): Schema => ({ allOf })
export const text: Schema = { type: 'string' }
export const integer: Schema = { type: 'integer' }
export const number: Schema = { type: 'number' }
export const flag: Schema = { type: 'boolean' }
export const nil: Schema = { type: 'null' }
export const a = object({ a: integer })
/** An object that is told apart by its kind. */
export const tagged = (kind: string, properties: object = {}, required: readonly string[] = []): Schema =>
  object({ ...properties, kind: { const: kind } }, { required: [...required, 'kind'] })
/** A condition; the linter takes an object with `then` for a promise. */
export const when = (condition: object, consequence: object): object =>
  Object.fromEntries([
    ['if', condition],
    ['then', consequence],
  ])
/** More values than are compared one by one. */
export const many = Array.from({ length: 300 }, (_, index) => `v${index}`)
