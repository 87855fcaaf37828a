import type { JsonSchema } from '@wsrv/schema'
import type { DocComment } from './docs.ts'
import { readTemplatePattern } from './template-pattern.ts'

/** Keywords that documentation tags repeat, since TypeScript's types cannot say them. */
const CONSTRAINTS: readonly string[] = [
  'format',
  'contentEncoding',
  'contentMediaType',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]

/** The docs of a schema: its description, constraints, default, examples and deprecation. */
export function docsOf(schema: JsonSchema): DocComment {
  const keywords = schema as Readonly<Record<string, unknown>>
  const { description, title, deprecated } = keywords
  const constraints = CONSTRAINTS.filter((name) => keywords[name] !== undefined && !isImplied(name, keywords))
  const examples = Array.isArray(keywords['examples']) ? keywords['examples'] : []
  const text = [firstText(description, title), ...describeVariants(keywords)].filter((part) => part !== undefined)
  return {
    ...(text.length > 0 && { description: text.join('\n') }),
    tags: [
      ...constraints.map((name) => [name, shorten(textOf(keywords[name]))] as const),
      ...('default' in keywords ? [['defaultValue', JSON.stringify(keywords['default'])] as const] : []),
      ...examples.map((example) => ['example', JSON.stringify(example)] as const),
      ...(deprecated === true ? [['deprecated', ''] as const] : []),
    ],
  }
}

/** What the variants of a choice say about themselves, as the items of a list. */
function describeVariants({ anyOf, oneOf }: Readonly<Record<string, unknown>>): readonly string[] {
  const variants = [anyOf, oneOf].find(Array.isArray) ?? []
  return variants.flatMap((variant: JsonSchema) => {
    const { description } = variant as { readonly description?: unknown }
    const label = labelOf(variant)
    return label === undefined || typeof description !== 'string' ? [] : [`- \`${label}\`: ${description}`]
  })
}

/** What tells a variant from the others: its value, or the first property that has only one. */
function labelOf(variant: JsonSchema): string | undefined {
  if ('const' in variant) return JSON.stringify(variant.const)
  const properties = 'properties' in variant ? Object.entries(variant.properties as object) : []
  const [name, property] = properties.find(([, schema]) => 'const' in schema) ?? []
  return name === undefined ? undefined : `${name}: ${JSON.stringify(property.const)}`
}

/** A tuple's type says its length already, a template literal its pattern. */
function isImplied(name: string, { prefixItems, pattern }: Readonly<Record<string, unknown>>): boolean {
  if (name === 'pattern') return readTemplatePattern(String(pattern)) !== undefined
  return prefixItems !== undefined && name.endsWith('Items')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Characters of a constraint that a hover shows: a pattern of half a screen hides everything else. */
const MAX_CONSTRAINT_CHARS = 80

function shorten(text: string): string {
  return text.length <= MAX_CONSTRAINT_CHARS ? text : `${text.slice(0, MAX_CONSTRAINT_CHARS - 1)}…`
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value.trim() !== '')
}
