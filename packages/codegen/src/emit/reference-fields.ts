import { type Contract, type JsonSchema, typeNameOf, viewObject } from '@wsrv/schema'
import type { DocComment } from '../model/docs.ts'
import { docsOf } from '../model/read-docs.ts'
import { type Keywords, resolve } from '../model/schema-keywords.ts'
import { sharedTypeName } from '../names.ts'
import { type Html, html } from './html.ts'
import { markdown } from './markdown.ts'
import { enumValues, printChips, printTypeLine } from './reference-type.ts'

/** Where fields stand. */
export interface FieldsContext {
  readonly types: Contract['types']
  /** Whether they are sent to a server, which fills in defaults. */
  readonly isRequest?: boolean
}

/** Prints what a schema describes: an object's fields, nothing if it has none; a choice's variants; any other as its type. */
export function printFields(title: string, schema: JsonSchema, context: FieldsContext): Html | undefined {
  const { $ref } = schema as Keywords
  if ($ref !== undefined) {
    return html`<h3>${title}</h3>\n<p class="type">${printTypeLine(schema)}</p>\n${foldType(schema, context)}`
  }
  const properties = viewObject(schema, context.types)
  if (properties?.size === 0 && !hasParts(schema)) return undefined
  const fields = properties?.size ? undefined : html`<p class="type">${printTypeLine(schema)}</p>\n`
  return html`<h3>${title}</h3>\n${fields}${printChoices(schema)}${printParts(schema, context, true)}`
}

/** Prints a doc comment: the description, then the tags on one line. */
export function describeText({ description, tags }: DocComment): Html {
  const deprecated = tags.find(([name]) => name === 'deprecated')
  const others = tags
    .filter(([name]) => name !== 'deprecated')
    .map(([name, text]) => `${TAG_NAMES.get(name) ?? name} ${text}`)
  return html`${markdown(description)}${deprecated && html`<div class="warn">${markdown(`Deprecated. ${deprecated[1]}`)}</div>\n`}${others.length > 0 && html`<p class="dim">${others.join(' · ')}</p>\n`}`
}

/** Labels for doc tags, where the tag's own name would not do. */
const TAG_NAMES: ReadonlyMap<string, string> = new Map([['defaultValue', 'default']])

function printChoices(schema: JsonSchema): Html | undefined {
  const values = enumValues(schema)
  return values && printChips(values)
}

/** Prints the parts of a schema that have fields of their own: an object's fields, or those of variants, items and values. */
function printParts(schema: JsonSchema, context: FieldsContext, isOpen: boolean): Html | undefined {
  const { $ref } = schema as Keywords
  if ($ref !== undefined) return foldType(schema, context)
  const properties = viewObject(schema, context.types)
  const own = properties?.size ? printList(schema, context) : undefined
  const printed = partsOf(schema).flatMap(([label, part]): readonly Html[] => {
    if (isReference(part)) return [foldType(part, context)].filter((fold) => fold !== undefined)
    const isFolded = hasParts(part) || viewObject(part, {})?.size
    return isFolded ? [printFolded(label, printParts(part, context, false), isOpen)] : []
  })
  return own === undefined && printed.length === 0 ? undefined : html`${own}${printed}`
}

/** Whether anything of a schema opens in place. */
function hasParts(schema: JsonSchema): boolean {
  return partsOf(schema).some(([, part]) => isReference(part) || Boolean(viewObject(part, {})?.size) || hasParts(part))
}

function isReference(schema: JsonSchema): boolean {
  return (schema as Keywords).$ref !== undefined
}

type Part = readonly [label: string, schema: JsonSchema]

/** The schemas inside one that are not its fields, with what each is of it. */
function partsOf(schema: JsonSchema): readonly Part[] {
  const { $ref, anyOf, oneOf, items, prefixItems = [], patternProperties, additionalProperties } = schema as Keywords
  if ($ref !== undefined) return []
  const variants = anyOf ?? oneOf ?? []
  const values = [...Object.values(patternProperties ?? {}), additionalProperties]
  return [
    ...variants.map((one, index): Part => [labelOf(one) ?? `variant ${index + 1}`, one]),
    ...prefixItems.map((one, index): Part => [`element ${index + 1}`, one]),
    ...[items].filter(isSchema).map((one): Part => ['each item', one]),
    ...values.filter(isSchema).map((one): Part => ['each value', one]),
  ]
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null
}

/** What tells a variant from the others: the first property that has only one value. */
function labelOf(variant: JsonSchema): string | undefined {
  const { properties = {} } = variant as Keywords
  const [name, property] = Object.entries(properties).find(([, one]) => 'const' in one) ?? []
  return name === undefined ? undefined : `${name}: ${JSON.stringify((property as Keywords).const)}`
}

function printFolded(label: string, body: Html | undefined, isOpen: boolean): Html {
  return html`<details${isOpen && html` open`}><summary>${label}</summary>\n${body}</details>\n`
}

/** Opens as the fields of a named type, which the page's script takes from the type's section. */
function foldType(schema: JsonSchema, { types }: FieldsContext): Html | undefined {
  const target = resolve(schema, types)
  if (!viewObject(target, types)?.size && !hasParts(target) && enumValues(target) === undefined) return undefined
  const name = sharedTypeName(typeNameOf((schema as Keywords).$ref ?? ''))
  return html`<details data-type="${name}"><summary>fields of ${name}</summary></details>\n`
}

function printList(schema: JsonSchema, context: FieldsContext): Html {
  const { types, isRequest = false } = context
  const rows = [...(viewObject(schema, types) ?? [])].map(([name, { schema: own, isRequired }]) => {
    const isNeeded = isRequired && !(isRequest && 'default' in own)
    const mark = isNeeded ? html`<span class="need">required</span>` : html`<span class="dim">optional</span>`
    const body = printParts(own, context, false)
    const nested = body && nest(own, body)
    return html`<li><p class="field"><code class="name">${name}</code> <span class="type">${printTypeLine(own)}</span> ${mark}</p>
${printChoices(own)}${describeText(docsOf(own))}${nested}</li>\n`
  })
  return html`<ul class="fields">\n${rows}</ul>\n`
}

/** An object opens as its fields; what consists of several parts is folded part by part already. */
function nest(schema: JsonSchema, body: Html): Html {
  return viewObject(schema, {})?.size ? printFolded('fields', body, false) : body
}
