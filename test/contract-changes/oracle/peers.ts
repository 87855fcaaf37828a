import { createDefaultsFiller } from '../../../packages/server/src/validation/defaults.ts'
import { SchemaCheck } from '../../../packages/server/src/validation/validation.ts'
import type { Schema, Subject } from './schemas.ts'
import { typeAccepts } from './type-accepts.ts'

/** One version of a message's schema, as its peers see it: the server's compiled check, and the client's type. */
export class Version {
  readonly message: Schema
  readonly types: Subject['types']
  readonly #check: SchemaCheck
  readonly #fill: ((data: unknown) => unknown) | undefined

  constructor(subject: Subject) {
    const types = Object.entries(subject.types).map(
      ([name, one]) => [name, withoutWrongDefaults(one, subject)] as const,
    )
    this.types = Object.fromEntries(types)
    const it = withoutWrongDefaults(subject.schema, subject)
    this.message = { type: 'object', properties: { it }, required: ['it'] }
    this.#check = new SchemaCheck(this.message, this.types, { source: 'server' })
    this.#fill = createDefaultsFiller(this.message, this.types)
  }

  /** Whether the server takes it as a request. */
  serves(value: unknown): boolean {
    const copy: unknown = structuredClone(value)
    this.#fill?.(copy)
    return this.#check.accepts(copy)
  }

  /** Whether a client of this version sends it, and its server took it. */
  isSent(value: unknown): boolean {
    return this.#fits(value, { isSent: true, isExact: true }) && this.serves(value)
  }

  /** Whether a server of this version answers it. */
  isAnswered(value: unknown): boolean {
    return this.#fits(value, { isSent: false, isExact: true }) && this.#check.accepts(value)
  }

  /** Whether a client of this version was compiled for it as an answer. */
  isExpected(value: unknown): boolean {
    return this.#fits(value, { isSent: false, isExact: false })
  }

  #fits(value: unknown, options: { readonly isSent: boolean; readonly isExact: boolean }): boolean {
    return typeAccepts(this.message, value, { types: this.types, ...options })
  }
}

/** A default that its own schema refuses is refused by the generator. */
function withoutWrongDefaults(schema: Schema, subject: Subject): Schema {
  const walk = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return one
    if (Array.isArray(one)) return one.map(walk)
    const entries = Object.entries(one).map(([key, value]) => {
      if (key !== 'properties') return [key, ['const', 'enum', 'default'].includes(key) ? value : walk(value)]
      return [
        key,
        Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, checked(walk(part))])),
      ]
    })
    return Object.fromEntries(entries)
  }
  const checked = (one: unknown): unknown => {
    const { default: value, ...rest } = one as Schema
    if (value === undefined) return one
    return new SchemaCheck(rest, subject.types, { source: 'server' }).accepts(value) ? one : rest
  }
  return walk(schema) as Schema
}
