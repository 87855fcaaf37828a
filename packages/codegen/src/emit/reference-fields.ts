import { type Contract, type JsonSchema, typeNameOf, viewObject } from '@wsrv/schema'
import { type DocComment, NO_DOCS } from '../model/docs.ts'
import { docsOf } from '../model/read-docs.ts'
import { readShape } from '../model/read-shape.ts'
import type { Shape } from '../model/shape.ts'
import { sharedTypeName } from '../names.ts'
import { layOut } from '../print/layout.ts'
import { printType } from '../print/print-type.ts'
import { type Html, html } from './html.ts'

/** Prints an object schema's properties as a table, nothing if it has none; any other schema as its type. */
export function printFieldTable(title: string, schema: JsonSchema, types: Contract['types']): Html | undefined {
  const { $ref } = schema as { readonly $ref?: string }
  if ($ref !== undefined && title !== 'Properties') return html`<h3>${title}</h3>\n<p>${linkTo(typeNameOf($ref))}</p>\n`
  const properties = viewObject(schema, types)
  if (properties?.size === 0) return undefined
  if (properties === undefined) return html`<h3>${title}</h3>\n<pre><code>${typeText(schema)}</code></pre>\n`
  const rows = [...properties].map(([name, property]) => {
    const isOptional = !property.isRequired || 'default' in property.schema
    return html`<tr><td><code>${name}</code>${isOptional && html` <span class="dim">optional</span>`}</td><td>${printTypeCell(property.schema)}</td><td>${describeText(docsOf(property.schema))}</td></tr>\n`
  })
  return html`<h3>${title}</h3>
<table>
<tr><th>name</th><th>type</th><th></th></tr>
${rows}</table>
`
}

/** Prints a doc comment: the description, then the tags on one line. */
export function describeText({ description, tags }: DocComment): Html | undefined {
  const deprecated = tags.find(([name]) => name === 'deprecated')
  const others = tags
    .filter(([name]) => name !== 'deprecated')
    .map(([name, text]) => `${TAG_NAMES.get(name) ?? name} ${text}`)
  return html`${description !== undefined && html`<p>${description}</p>\n`}${deprecated && html`<p class="warn">Deprecated. ${deprecated[1]}</p>\n`}${others.length > 0 && html`<p class="dim">${others.join(' · ')}</p>\n`}`
}

/** Labels for doc tags, where the tag's own name would not do. */
const TAG_NAMES: ReadonlyMap<string, string> = new Map([['defaultValue', 'default']])

function printTypeCell(schema: JsonSchema): Html {
  const { $ref, items } = schema as { readonly $ref?: string; readonly items?: { readonly $ref?: string } }
  if ($ref !== undefined) return linkTo(typeNameOf($ref))
  if (items?.$ref !== undefined) return html`${linkTo(typeNameOf(items.$ref))}<code>[]</code>`
  return html`<code>${typeText(schema)}</code>`
}

function typeText(schema: JsonSchema): string {
  return layOut(printType(withoutDocs(readShape(schema, { view: 'plain', nameOf: sharedTypeName }))))
}

/** A type without the doc comments of its fields, so that it fits into a table cell. */
function withoutDocs(shape: Shape): Shape {
  switch (shape.kind) {
    case 'object':
      return {
        ...shape,
        fields: shape.fields.map((field) => ({ ...field, shape: withoutDocs(field.shape), docs: NO_DOCS })),
      }
    case 'array':
      return { ...shape, items: withoutDocs(shape.items) }
    case 'record':
      return { ...shape, values: withoutDocs(shape.values) }
    case 'union':
    case 'intersection':
      return { ...shape, members: shape.members.map(withoutDocs) }
    default:
      return shape
  }
}

function linkTo(type: string): Html {
  const name = sharedTypeName(type)
  return html`<a href="#${name}"><code>${name}</code></a>`
}
