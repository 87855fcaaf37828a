import type { Contract, JsonSchema } from '@wsrv/schema'
import { compareConstraints } from './compare-constraints.ts'
import type { SchemaChange } from './schema-change.ts'
import { describeVariant, type Keywords, keyOf, pairVariants, resolve, variantsOf } from './schema-variants.ts'

type Types = Contract['types']

/** A schema in one version of a contract. */
export interface Versioned {
  readonly schema: JsonSchema
  readonly types: Types
}

/** Compares two versions of a schema, following references; every difference that shows on the wire. */
export function compareSchemas(before: Versioned, after: Versioned): readonly SchemaChange[] {
  return compare(before.schema, after.schema, { before: before.types, after: after.types, path: '', seen: new Set() })
}

interface Site {
  readonly before: Types
  readonly after: Types
  readonly path: string
  /** Pairs of references on the way here: recursive types end there. */
  readonly seen: ReadonlySet<string>
}

function compare(one: JsonSchema, other: JsonSchema, site: Site): readonly SchemaChange[] {
  const pair = `${refOf(one)} ${refOf(other)}`
  if (site.seen.has(pair)) return []
  const inner = refOf(one) === '' ? site : { ...site, seen: new Set([...site.seen, pair]) }
  const before = variantsOf(one, site.before)
  const after = variantsOf(other, site.after)
  const { pairs, lost, gained } = pairVariants(before, after)
  const path = site.path
  return [
    ...describeSets({ lost, gained, before, after, path }),
    ...pairs.flatMap(([old, now]) => compareVariants(old, now, inner)),
    ...compareDefaults(one as Keywords, other as Keywords, path),
  ]
}

function refOf(schema: JsonSchema): string {
  return '$ref' in schema ? String(schema.$ref) : ''
}

interface Sets {
  readonly lost: readonly Keywords[]
  readonly gained: readonly Keywords[]
  readonly before: readonly Keywords[]
  readonly after: readonly Keywords[]
  readonly path: string
}

/** One change a schema: what it took and takes no more, and what it takes now. */
function describeSets({ lost, gained, before, after, path }: Sets): readonly SchemaChange[] {
  const texts = { before: describeAll(before), after: describeAll(after) }
  const changes: SchemaChange[] = []
  if (lost.length > 0) changes.push({ shift: 'narrowed', path, ...texts })
  if (gained.length > 0) changes.push({ shift: 'widened', path, ...texts })
  return changes
}

function describeAll(variants: readonly Keywords[]): string {
  return variants.map(describeVariant).join(' | ') || 'never'
}

function compareVariants(one: Keywords, other: Keywords, site: Site): readonly SchemaChange[] {
  return [
    ...compareConstraints(one, other, site.path),
    ...(keyOf(one).startsWith('object') ? compareObjects(one, other, site) : []),
    ...(keyOf(one) === 'array' ? compareArrays(one, other, site) : []),
  ]
}

function compareDefaults(one: Keywords, other: Keywords, path: string): readonly SchemaChange[] {
  const [before, after] = [JSON.stringify(one.default), JSON.stringify(other.default)]
  if (before === after || before === undefined || after === undefined) return []
  return [{ shift: 'defaulted', path, before: `default ${before}`, after: `default ${after}` }]
}

function compareObjects(one: Keywords, other: Keywords, site: Site): readonly SchemaChange[] {
  const before = propertiesOf(one, site.before)
  const after = propertiesOf(other, site.after)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const path = `${site.path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return compareProperty(before.get(name), after.get(name), { site: { ...site, path }, isClosed: isClosed(other) })
  })
}

function compareProperty(
  old: Property | undefined,
  now: Property | undefined,
  { site, isClosed }: { readonly site: Site; readonly isClosed: boolean },
): readonly SchemaChange[] {
  const { path } = site
  if (old !== undefined && now !== undefined)
    return [...comparePresence(old, now, path), ...compare(old.schema, now.schema, site)]
  if (now !== undefined) {
    return [
      {
        shift: now.isNeeded ? 'narrowed' : 'added',
        path,
        before: 'not there',
        after: describeProperty(now, site.after),
      },
    ]
  }
  if (old === undefined) return []
  const gone = { path, before: describeProperty(old, site.before), after: 'not there' }
  if (isClosed)
    return [{ shift: 'narrowed', ...gone }, ...(old.isRequired ? [{ shift: 'widened' as const, ...gone }] : [])]
  return [{ shift: old.isRequired ? 'widened' : 'ignored', ...gone }]
}

/** What the property's presence says to a sender (`isNeeded`) and to a receiver (`isRequired`). */
function comparePresence(old: Property, now: Property, path: string): readonly SchemaChange[] {
  const texts = { path, before: presence(old), after: presence(now) }
  if (!old.isNeeded && now.isNeeded) return [{ shift: 'narrowed', ...texts }]
  if (old.isRequired && !now.isRequired) return [{ shift: 'widened', ...texts }]
  if (old.isNeeded && !now.isNeeded) return [{ shift: 'loosened', ...texts }]
  return []
}

interface Property {
  readonly schema: JsonSchema
  /** Whether it is always there. */
  readonly isRequired: boolean
  /** Whether a sender has to give it: what has a default may be left out. */
  readonly isNeeded: boolean
}

function presence({ isRequired, isNeeded }: Property): string {
  if (isNeeded) return 'required'
  return isRequired ? 'filled in by default' : 'optional'
}

function describeProperty(property: Property, types: Types): string {
  return `${presence(property)} ${describeAll(variantsOf(property.schema, types))}`
}

function propertiesOf(schema: Keywords, types: Types): ReadonlyMap<string, Property> {
  const required = new Set(schema.required)
  return new Map(
    Object.entries(schema.properties ?? {}).map(([name, property]) => {
      const isRequired = required.has(name)
      const hasDefault = 'default' in property || 'default' in resolve(property, types)
      return [name, { schema: property, isRequired, isNeeded: isRequired && !hasDefault }]
    }),
  )
}

function isClosed({ additionalProperties }: Keywords): boolean {
  return additionalProperties === false
}

function compareArrays(one: Keywords, other: Keywords, site: Site): readonly SchemaChange[] {
  const [before, after] = [one.prefixItems ?? [], other.prefixItems ?? []]
  if (before.length !== after.length) {
    const [was, is] = [before, after].map(({ length }) => `${length} elements`) as [string, string]
    const texts = { path: site.path, before: was, after: is }
    return [
      { shift: 'narrowed', ...texts },
      { shift: 'widened', ...texts },
    ]
  }
  const elements = before.flatMap((element, index) =>
    compare(element, after[index] ?? {}, { ...site, path: `${site.path}/${index}` }),
  )
  return [...elements, ...compare(one.items || {}, other.items || {}, { ...site, path: `${site.path}/*` })]
}
