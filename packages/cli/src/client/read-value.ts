import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'
import { explainRequest } from '@wsrv/server/validation'

/**
 * A word of the command line as the value that a schema takes: the text itself where that fits, else what it says as JSON.
 * A word that fits neither way stays what it most likely is, for the check of the whole request to say what is wrong.
 */
export function readValue(text: string, schema: JsonSchema, types: Contract['types']): unknown {
  const accepts = (value: unknown): boolean => explainRequest(schema, value, types).total === 0
  if (accepts(text)) return text
  const value = parseJson(text)
  return value !== undefined && (accepts(value) || !takesText(schema, types)) ? value : text
}

/** The words of a flag that was repeated: the items of a list, and of anything else the last one. */
export function readValues(texts: readonly string[], schema: JsonSchema, types: Contract['types']): unknown {
  const items = itemsOf(schema, types)
  const [text = ''] = texts.slice(-1)
  if (items === undefined) return readValue(text, schema, types)
  const whole = texts.length === 1 ? parseJson(text) : undefined
  return Array.isArray(whole) ? whole : texts.map((one) => readValue(one, items, types))
}

/** What a text says as JSON; nothing where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a schema takes true and false, so that its flag needs no value. */
export function isBoolean(schema: JsonSchema, types: Contract['types']): boolean {
  return resolve(schema, types).type === 'boolean'
}

function itemsOf(schema: JsonSchema, types: Contract['types']): JsonSchema | undefined {
  const { type, items } = resolve(schema, types)
  return type === 'array' ? (items ?? {}) : undefined
}

function takesText(schema: JsonSchema, types: Contract['types']): boolean {
  return resolve(schema, types).type === 'string'
}

interface Keywords {
  readonly $ref?: string
  readonly type?: unknown
  readonly items?: JsonSchema
}

/** A schema, its reference followed. */
function resolve(schema: JsonSchema, types: Contract['types']): Keywords {
  const { $ref } = schema as Keywords
  const target = $ref === undefined ? undefined : types[typeNameOf($ref)]
  return target === undefined ? (schema as Keywords) : resolve(target, types)
}
