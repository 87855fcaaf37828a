import { type JsonSchema, typeNameOf } from '@wsrv/schema'
import { type Keywords, readField, resolve, type Types } from './field-shape.ts'

/** A schema as a short type, for people: `{ uid: integer, name?: string }`. */
export function typeText(schema: JsonSchema, types: Types, depth = 0): string {
  const { $ref } = schema as Keywords
  if ($ref !== undefined && depth > 0) return typeNameOf($ref)
  const keywords = resolve(schema, types)
  const shape = readField(schema, types)
  const inner = (one: JsonSchema): string => typeText(one, types, depth + 1)
  switch (shape.kind) {
    case 'object': {
      const fields = [...shape.fields].map(
        ([name, view]) => `${name}${view.isRequired ? '' : '?'}: ${inner(view.schema)}`,
      )
      const isOpen = shape.values === undefined || Object.keys(shape.values).length === 0
      const rest = isOpen ? [] : [`[name]: ${inner(shape.values ?? {})}`]
      return fields.length + rest.length === 0 ? '{}' : `{ ${[...fields, ...rest].join(', ')} }`
    }
    case 'array':
      return `${bracket(inner(shape.items))}[]`
    case 'tuple':
      return `[${shape.items.map(inner).join(', ')}]`
    case 'union':
      return shape.variants.map(inner).join(' | ')
    case 'nullable':
      return `${inner(shape.inner)} | null`
    case 'choice':
      return shape.values.map((value) => JSON.stringify(value)).join(' | ')
    case 'number':
      return keywords.type === 'integer' ? 'integer' : 'number'
    case 'text':
      return keywords.format ?? 'string'
    case 'json':
      return 'any'
    default:
      return shape.kind
  }
}

function bracket(type: string): string {
  return type.includes(' | ') ? `(${type})` : type
}

/** What a value must keep to besides its type, for people: `1 to 40 characters, pattern ^[a-z]+$`. */
export function boundsText(keywords: Keywords): string {
  const { minLength, maxLength, minItems, maxItems, pattern, multipleOf } = keywords
  return [
    range(keywords.minimum, keywords.maximum, ''),
    keywords.exclusiveMinimum !== undefined && `more than ${keywords.exclusiveMinimum}`,
    keywords.exclusiveMaximum !== undefined && `less than ${keywords.exclusiveMaximum}`,
    multipleOf !== undefined && `a multiple of ${multipleOf}`,
    range(minLength, maxLength, 'characters'),
    range(minItems, maxItems, 'items'),
    pattern !== undefined && `pattern ${pattern}`,
    keywords.default !== undefined && `default ${JSON.stringify(keywords.default)}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ')
}

function range(from: number | undefined, to: number | undefined, unit: string): string | undefined {
  const behind = unit === '' ? '' : ` ${unit}`
  if (from !== undefined && to !== undefined) return `${from} to ${to}${behind}`
  if (from !== undefined) return `at least ${from}${behind}`
  return to === undefined ? undefined : `at most ${to}${behind}`
}
