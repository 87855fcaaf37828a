import { type JsonSchema, typeNameOf } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { sharedTypeName } from '../names.ts'
import { type Html, html } from './html.ts'

/** Prints a schema's type on one line; the contract's named types in it are links, wherever they stand. */
export function printTypeLine(schema: JsonSchema | boolean): Html {
  if (typeof schema === 'boolean') return html`${schema ? 'any' : 'never'}`
  const keywords = schema as Keywords
  if (keywords.$ref !== undefined) return linkToType(typeNameOf(keywords.$ref))
  if ('const' in keywords) return html`<code>${JSON.stringify(keywords.const)}</code>`
  if (enumValues(schema) !== undefined) return html`one of`
  const choice = keywords.anyOf ?? keywords.oneOf
  if (choice !== undefined) return joined(choice, ' | ')
  if (keywords.allOf !== undefined) return joined(keywords.allOf, ' & ')
  const types = keywords.type === undefined ? impliedTypes(keywords) : [keywords.type].flat()
  if (types.length === 0) return html`any`
  return html`${types.map((type, index) => html`${index > 0 && ' | '}${printKind(type, keywords)}`)}`
}

/** The values of a schema that is a choice of constants; nothing for any other schema. */
export function enumValues(schema: JsonSchema): readonly unknown[] | undefined {
  const { enum: values, anyOf, oneOf } = schema as Keywords
  if (values !== undefined) return values
  const choice = anyOf ?? oneOf
  return choice?.every((one) => 'const' in one) ? choice.map((one) => (one as Keywords).const) : undefined
}

/** Prints values as chips. */
export function printChips(values: readonly unknown[]): Html {
  return html`<ul class="chips">${values.map((value) => html`<li><code>${chipText(value)}</code></li>`)}</ul>\n`
}

function chipText(value: unknown): string {
  return typeof value === 'string' && /^[\w.:/-]+$/.test(value) ? value : JSON.stringify(value)
}

/** A link to the section of a named type. */
function linkToType(type: string): Html {
  const name = sharedTypeName(type)
  return html`<a href="#${name}"><code>${name}</code></a>`
}

function joined(schemas: readonly JsonSchema[], between: string): Html {
  return html`${schemas.map((one, index) => html`${index > 0 && between}${printTypeLine(one)}`)}`
}

function impliedTypes({ properties, patternProperties, items, prefixItems }: Keywords): readonly string[] {
  if (properties !== undefined || patternProperties !== undefined) return ['object']
  return items !== undefined || prefixItems !== undefined ? ['array'] : []
}

function printKind(type: string, keywords: Keywords): Html {
  if (type === 'array') return printArray(keywords)
  return type === 'object' ? printObject(keywords) : html`${type}`
}

function printArray({ items = true, prefixItems }: Keywords): Html {
  if (prefixItems === undefined)
    return html`array of ${isPlain(items) ? printTypeLine(items) : html`(${printTypeLine(items)})`}`
  const first = prefixItems.map((item, index) => html`${index > 0 && ', '}${printTypeLine(item)}`)
  return html`[${first}${items !== false && html`${first.length > 0 && ', '}…${printTypeLine(items)}`}]`
}

function isPlain(schema: JsonSchema | boolean): boolean {
  const { anyOf, oneOf, allOf } = (typeof schema === 'boolean' ? {} : schema) as Keywords
  return [anyOf, oneOf, allOf].every((part) => part === undefined)
}

function printObject({ properties, patternProperties, additionalProperties }: Keywords): Html {
  const values = [...Object.values(patternProperties ?? {}), additionalProperties].filter(
    (one) => typeof one === 'object',
  )
  if (properties !== undefined || values.length === 0) return html`object`
  return html`map of ${joined(values as readonly JsonSchema[], ' | ')}`
}
