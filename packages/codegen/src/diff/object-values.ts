import type { JsonSchema } from '@wsrv/schema'
import type { Alternative, Part } from './alternatives.ts'

/** What is known of a property's value. */
export interface Known {
  readonly schema: JsonSchema | boolean
  readonly isFilled: boolean
}

/** What the parts of an alternative say together about the objects that match them. */
export class ObjectValues {
  readonly #parts: Alternative
  /** Names that any part declares. */
  readonly names: ReadonlySet<string>
  /** Whether no other property may be there. */
  readonly isClosed: boolean
  /** Whether no other property may be there but those that match a pattern. */
  readonly isClosedButForPatterns: boolean
  readonly patterns: readonly (readonly [pattern: string, schema: JsonSchema])[]

  constructor(parts: Alternative) {
    this.#parts = parts.filter(({ isExcluded }) => isExcluded !== true)
    this.names = new Set(
      this.#parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {}).concat(schema.required ?? [])),
    )
    this.isClosed = this.#parts.some(({ schema }) => schema.additionalProperties === false && !schema.patternProperties)
    this.isClosedButForPatterns = this.#parts.some(({ schema }) => schema.additionalProperties === false)
    this.patterns = this.#parts.flatMap(({ schema }) => Object.entries(schema.patternProperties ?? {}))
  }

  /** Whether a sender has to give a property: what is filled in by default may be left out. */
  isMandatory(name: string): boolean {
    return this.#parts.some(({ schema }) => schema.required?.includes(name)) && !this.isFilledIn(name)
  }

  /** Whether the server fills in a property's default. */
  isFilledIn(name: string): boolean {
    return this.#parts.some(({ schema, isFilled }) => isFilled && hasDefault(schema.properties?.[name]))
  }

  /** Names of all properties that get a default. */
  filledNames(): readonly string[] {
    return [...this.names].filter((name) => this.isFilledIn(name))
  }

  /** What a property's value has to match; nothing where no part says anything about it. */
  valueOf(name: string): Known | undefined {
    return together(this.#parts.flatMap((part) => knownOf(part, name)))
  }

  /** What the properties that have no name have to match; nothing where no part says anything about them. */
  others(): Known | undefined {
    return together(
      this.#parts.flatMap(({ schema: { additionalProperties } }) =>
        typeof additionalProperties === 'object' ? [{ schema: additionalProperties, isFilled: false }] : [],
      ),
    )
  }

  /** Whether there may be more properties than those that have to be there or are filled in. */
  get hasRoom(): boolean {
    return this.maxCount() > new Set([...this.#mandatoryNames(), ...this.filledNames()]).size
  }

  /** Properties that are there where one is: that one, those that it wants, and those that are always there. */
  namesWith(name: string): ReadonlySet<string> {
    const names = new Set([...this.#mandatoryNames(), ...this.filledNames(), name])
    for (const one of names) {
      for (const { schema } of this.#parts)
        for (const wanted of schema.dependentRequired?.[one] ?? []) names.add(wanted)
    }
    return names
  }

  #mandatoryNames(): readonly string[] {
    return [...this.names].filter((name) => this.isMandatory(name))
  }

  minCount(): number {
    const mandatory = this.#mandatoryNames().length
    // What is filled in by default counts where it is checked, and is not sent.
    const filled = this.filledNames().length
    return Math.max(mandatory, ...this.#parts.map(({ schema }) => (schema.minProperties ?? 0) - filled))
  }

  maxCount(): number {
    const declared = this.isClosed && this.patterns.length === 0 ? this.names.size : Infinity
    return Math.min(declared, ...this.#parts.map(({ schema }) => schema.maxProperties ?? Infinity))
  }
}

function hasDefault(schema: JsonSchema | boolean | undefined): boolean {
  return typeof schema === 'object' && 'default' in schema
}

/** What one part says about a property. */
export function knownOf({ schema, isFilled }: Part, name: string): readonly Known[] {
  const { properties = {}, patternProperties = {}, additionalProperties } = schema
  const matching = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, 'u').test(name))
  const patterns = matching.map(([, one]): Known => ({ schema: one, isFilled: false }))
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (property !== undefined) return [{ schema: property, isFilled }, ...patterns]
  if (patterns.length > 0) return patterns
  if (additionalProperties === undefined || additionalProperties === true) return []
  return [{ schema: additionalProperties, isFilled: false }]
}

/** Several schemas that all have to match, as one; each once. */
export function together(all: readonly Known[]): Known | undefined {
  const distinct = [...new Map(all.map((known) => [JSON.stringify(known.schema), known])).values()]
  const [first, ...more] = distinct
  if (first === undefined || more.length === 0) return first
  if (distinct.some(({ schema }) => schema === false)) return { schema: false, isFilled: false }
  const parts = distinct.flatMap(({ schema }) => (typeof schema === 'object' ? partsOf(schema) : []))
  const texts = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()]
  return { schema: { allOf: texts }, isFilled: distinct.some(({ isFilled }) => isFilled) }
}

/** Nested `allOf` taken apart, so that recursive types do not grow without end. */
function partsOf(schema: JsonSchema): readonly JsonSchema[] {
  const keys = Object.keys(schema)
  return keys.length === 1 && keys[0] === 'allOf' ? (schema as { allOf: readonly JsonSchema[] }).allOf : [schema]
}
