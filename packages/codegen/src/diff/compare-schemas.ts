import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Keywords, resolve } from '../model/schema-keywords.ts'
import { acceptsValue } from './accepts-value.ts'
import { compareConstraints } from './compare-constraints.ts'
import { comparePresence, type Property, propertiesOf } from './compare-properties.ts'
import { pairVariants } from './pair-variants.ts'
import type { SchemaChange, Shift } from './schema-change.ts'
import { describeVariants, typeOf, variantsOf } from './schema-variants.ts'

type Types = Contract['types']

/** A schema in one version of a contract. */
export interface Versioned {
  readonly schema: JsonSchema
  readonly types: Types
}

/**
 * Compares two versions of a schema, following references; every difference that shows on the wire.
 *
 * @param isFilled whether the server fills in defaults, as it does in requests.
 */
export function compareSchemas(before: Versioned, after: Versioned, isFilled: boolean): readonly SchemaChange[] {
  const site = { before: before.types, after: after.types, path: '', isFilled, seen: [], seenSwapped: [] }
  return compare(before.schema, after.schema, site)
}

interface Site {
  readonly before: Types
  readonly after: Types
  readonly path: string
  /** Whether a property that is absent here gets its default. */
  readonly isFilled: boolean
  /** Pairs of schemas on the way here: recursive types end there. */
  readonly seen: readonly Pair[]
  /** The same for comparisons of the new version with the old. */
  readonly seenSwapped: readonly Pair[]
}

type Pair = readonly [JsonSchema, JsonSchema]

function compare(one: JsonSchema, other: JsonSchema, outer: Site): readonly SchemaChange[] {
  const [old, now] = [resolve(one, outer.before), resolve(other, outer.after)]
  if (outer.seen.some(([first, second]) => first === old && second === now)) return []
  const isNamed = '$ref' in one || '$ref' in other
  const site: Site = {
    ...outer,
    // The server cannot know which alternative is meant, and fills in none.
    isFilled: outer.isFilled && !isChoice(old) && !isChoice(now),
    ...(isNamed && {
      seen: [...outer.seen, [old, now]],
      seenSwapped: [...outer.seenSwapped, [now, old]],
    }),
  }
  const before = variantsOf(one, site.before)
  const after = variantsOf(other, site.after)
  const { pairs, lost, gained } = pairVariants(before, after)
  const swapped = swap(site)
  const texts = { path: site.path, before: describeVariants(before), after: describeVariants(after) }
  const isNarrowed = lost.some((variant) => !after.some((wide) => covers(wide, variant, site)))
  const isWidened = gained.some((variant) => !before.some((wide) => covers(wide, variant, swapped)))
  return [
    ...(isNarrowed ? [{ shift: 'narrowed' as const, ...texts }] : []),
    ...(isWidened ? [{ shift: 'widened' as const, ...texts }] : []),
    ...pairs.flatMap(([first, second]) => compareVariants(first, second, site)),
  ]
}

function isChoice({ anyOf, oneOf }: Keywords): boolean {
  return anyOf !== undefined || oneOf !== undefined
}

function swap({ before, after, seen, seenSwapped, ...site }: Site): Site {
  return { ...site, before: after, after: before, seen: seenSwapped, seenSwapped: seen }
}

/** Changes after which a value may not be taken any more. */
const REFUSING: ReadonlySet<Shift> = new Set(['narrowed', 'tightened', 'expelled', 'unclear'])

/** Whether every value of the one variant, of the old version, surely is one of the other, of the new. */
function covers(wide: Keywords, narrow: Keywords, site: Site): boolean {
  if ('const' in narrow && isScalar(narrow.const)) return acceptsValue(wide, narrow.const)
  const [outer, inner] = [typeOf(wide), typeOf(narrow)]
  const isWider = outer === inner || outer === 'anything' || (outer === 'number' && inner === 'integer')
  if (!isWider || 'const' in wide || 'const' in narrow) return false
  return !compareVariants(narrow, wide, { ...site, path: '' }).some(({ shift }) => REFUSING.has(shift))
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object'
}

function compareVariants(one: Keywords, other: Keywords, site: Site): readonly SchemaChange[] {
  const types = [typeOf(one), typeOf(other)]
  return [
    ...compareConstraints(...withoutLengths(one, other), site),
    ...(types.includes('object') ? compareObjects(one, other, site) : []),
    ...(types.includes('array') ? compareArrays(one, other, site) : []),
  ]
}

type Values = Readonly<Record<string, unknown>>

/** Tuples of different lengths are told apart by their elements. */
function withoutLengths(one: Keywords, other: Keywords): [Values, Values] {
  if (one.prefixItems?.length === other.prefixItems?.length) return [one as Values, other as Values]
  const none = { minItems: undefined, maxItems: undefined }
  return [
    { ...one, ...none },
    { ...other, ...none },
  ]
}

function compareObjects(one: Keywords, other: Keywords, site: Site): readonly SchemaChange[] {
  const before = propertiesOf(one, site.isFilled)
  const after = propertiesOf(other, site.isFilled)
  const closed = { wasClosed: isClosed(one), isClosed: isClosed(other) }
  const known = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const path = `${site.path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return compareProperty(before.get(name), after.get(name), { site: { ...site, path }, ...closed })
  })
  return [...known, ...compareOthers(one, other, site)]
}

interface PropertySite {
  readonly site: Site
  readonly wasClosed: boolean
  readonly isClosed: boolean
}

function compareProperty(old: Property | undefined, now: Property | undefined, where: PropertySite) {
  const { site, ...closed } = where
  const words = (property: Property | undefined, types: Types): string =>
    property === undefined ? '' : describeVariants(variantsOf(property.schema, types))
  const own = comparePresence(old, now, {
    path: site.path,
    before: words(old, site.before),
    after: words(now, site.after),
    ...closed,
  })
  return old === undefined || now === undefined ? own : [...own, ...compare(old.schema, now.schema, site)]
}

function isClosed({ additionalProperties, patternProperties }: Keywords): boolean {
  return additionalProperties === false && patternProperties === undefined
}

/** The properties that have no name: of what type they are, and whether there may be any. */
function compareOthers(one: Keywords, other: Keywords, outer: Site): readonly SchemaChange[] {
  const site = { ...outer, path: `${outer.path}/*`, isFilled: false }
  const [before, after] = [one.patternProperties ?? {}, other.patternProperties ?? {}]
  const patterns = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return [
    ...patterns.flatMap((name) => compare(before[name] ?? othersOf(one), after[name] ?? othersOf(other), site)),
    ...compareClosing(one, other, site),
  ]
}

/** Properties that nobody declared are let through, unless it says `false`. */
function compareClosing(one: Keywords, other: Keywords, site: Site): readonly SchemaChange[] {
  const [before, after] = [one.additionalProperties === false, other.additionalProperties === false]
  const path = site.path.slice(0, -'/*'.length)
  const texts = (shift: Shift): SchemaChange => ({ shift, path, before: closing(before), after: closing(after) })
  if (before !== after) return [texts(after ? 'expelled' : 'admitted')]
  return before ? [] : compare(othersOf(one), othersOf(other), site)
}

function closing(isClosing: boolean): string {
  return isClosing ? 'additionalProperties false' : 'no additionalProperties'
}

function othersOf({ additionalProperties = {} }: Keywords): JsonSchema {
  return typeof additionalProperties === 'boolean' ? toSchema(additionalProperties) : additionalProperties
}

function toSchema(isAnything: boolean): JsonSchema {
  return isAnything ? ANYTHING : NOTHING
}

const ANYTHING: JsonSchema = {}
const NOTHING: JsonSchema = { not: {} }

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
    compare(element, after[index] ?? {}, { ...site, path: `${site.path}/${index}`, isFilled: false }),
  )
  return [...elements, ...compare(itemsOf(one), itemsOf(other), { ...site, path: `${site.path}/*` })]
}

function itemsOf({ items = {} }: Keywords): JsonSchema {
  return typeof items === 'boolean' ? toSchema(items) : items
}
