import { type Codec, jsonCodec, type Payload, type Response, writeJson, writeJsonResponse } from '@wsrv/protocol'
import type { Contract, JsonSchema } from '@wsrv/schema'
import type { IssueReport } from '../validation/issues.ts'
import { SchemaCheck } from '../validation/validation.ts'
import { compileStripper, type Stripper } from './compile-stripper.ts'
import { compileWriter, type JsonWriter } from './compile-writer.ts'
import { readShapes } from './read-shape.ts'
import { expectSendable, mayHoldAnything } from './sendable.ts'
import { strip } from './strip.ts'

/**
 * A schema of what leaves the server: checks data, and writes what the schema declares of it and nothing else.
 *
 * What a handler returns often holds more than its response: a row of a database with a password's hash. The type system
 * does not see it, and so the schema decides. Of an object with `properties: {}` nothing is sent; one that says
 * `additionalProperties: true`, or nothing at all of its properties, is open: everything in it is sent.
 *
 * Everything is made on first use: a contract of a thousand commands starts at once.
 */
export class OutgoingSchema {
  readonly #schema: JsonSchema
  readonly #types: Contract['types']
  readonly #check: SchemaCheck
  #stripper: Stripper | undefined
  /** `null` when the schema is not of small objects. */
  #writer: JsonWriter | null | undefined

  /** @param types what `#/$defs/…` in the schema refers to. */
  constructor(schema: JsonSchema, types: Contract['types']) {
    this.#schema = schema
    this.#types = types
    this.#check = new SchemaCheck(schema, types, { source: 'server' })
  }

  accepts(data: unknown): boolean {
    return this.#check.accepts(data)
  }

  issues(data: unknown, maxIssues: number): IssueReport {
    return this.#check.issues(data, maxIssues)
  }

  /**
   * Data that was accepted, without what the schema does not declare.
   *
   * @throws TypeError when the schema lets anything pass and what is left holds a function or a symbol.
   */
  strip(data: unknown): unknown {
    this.#stripper ??= this.#compile()
    return this.#stripper(data)
  }

  /**
   * Writes data that was accepted as JSON text.
   *
   * @throws TypeError when it cannot be written.
   */
  writeJson(data: unknown): string {
    if (this.#writer === undefined) this.#compile()
    return this.#writer?.(data) ?? writeJson(this.strip(data)) ?? 'null'
  }

  /**
   * Writes an envelope whose data was accepted. Small objects are written here when the codec is the JSON codec itself; any
   * other codec is handed stripped data, and so is one that wraps the JSON codec: what it does around that is its own.
   *
   * @throws TypeError when the data cannot be written.
   */
  encode(codec: Codec, envelope: Response): Payload {
    if (codec === jsonCodec) {
      if (this.#writer === undefined) this.#compile()
      const data = this.#writer?.(envelope.data)
      if (data !== undefined) return writeJsonResponse(envelope, data)
    }
    return codec.encode({ ...envelope, data: this.strip(envelope.data) })
  }

  #compile(): Stripper {
    const shapes = readShapes(this.#schema, this.#types)
    this.#writer = compileWriter(shapes) ?? null
    const stripper = compileStripper(shapes) ?? ((data: unknown) => strip(data, shapes.root, shapes.types))
    this.#stripper = mayHoldAnything(shapes) ? checked(stripper) : stripper
    return this.#stripper
  }
}

function checked(stripper: Stripper): Stripper {
  return (data) => {
    const left = stripper(data)
    expectSendable(left)
    return left
  }
}
