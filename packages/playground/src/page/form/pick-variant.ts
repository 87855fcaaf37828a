import type { JsonSchema } from '@wsrv/schema'
import { Check } from 'typebox/schema'
import { readField, resolve, type Types } from './field-shape.ts'

/**
 * Which alternative of a union a value is meant to be: the one that it matches, else the one whose constants it has, else
 * the first of its JSON type.
 *
 * @returns an index, 0 when nothing fits.
 */
export function pickVariant(variants: readonly JsonSchema[], value: unknown, types: Types): number {
  const ways: readonly ((variant: JsonSchema) => boolean)[] = [
    (variant) => matches(variant, value, types),
    (variant) => hasConstants(variant, value, types),
    (variant) => hasType(variant, value, types),
  ]
  const found = ways.map((way) => variants.findIndex(way)).find((index) => index !== -1)
  return found ?? 0
}

/** Whether a value is what a schema says. Interpreted: the page's policy forbids code made of text. */
export function matches(schema: JsonSchema, value: unknown, types: Types): boolean {
  return Check({ ...schema, $defs: types }, value)
}

function hasConstants(variant: JsonSchema, value: unknown, types: Types): boolean {
  const shape = readField(variant, types)
  if (shape.kind !== 'object' || !isObject(value)) return false
  const constants = [...shape.fields].flatMap(([name, { schema }]) => {
    const keywords = resolve(schema, types)
    return 'const' in keywords ? [[name, keywords.const] as const] : []
  })
  return constants.length > 0 && constants.every(([name, constant]) => value[name] === constant)
}

function hasType(variant: JsonSchema, value: unknown, types: Types): boolean {
  const shape = readField(variant, types)
  switch (shape.kind) {
    case 'object':
      return isObject(value)
    case 'array':
    case 'tuple':
      return Array.isArray(value)
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'union':
      return shape.variants.some((one) => hasType(one, value, types))
    default:
      return false
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
