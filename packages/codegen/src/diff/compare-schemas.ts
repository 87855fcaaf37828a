import type { Contract, JsonSchema } from '@wsrv/schema'
import { type Keywords, resolve } from '../model/schema-keywords.ts'
import type { Direction } from './classify-change.ts'
import { compareConstraints } from './compare-constraints.ts'
import { comparePresence, type Property, propertiesOf } from './compare-properties.ts'
import { Inclusion } from './inclusion.ts'
import { pairVariants } from './pair-variants.ts'
import type { SchemaChange, Shift } from './schema-change.ts'
import { describeVariants, typeOf, variantsOf } from './schema-variants.ts'
import { inType, sharedTypeOf } from './shared-type.ts'

type Types = Contract['types']

/** A schema in one version of a contract. */
export interface Versioned {
  readonly schema: JsonSchema
  readonly types: Types
}

/**
 * Compares two versions of a schema, following references; every difference that shows on the wire.
 *
 * Two things work together. A walk through both schemas says where they differ and how. What it says is believed only as far
 * as {@link Inclusion} cannot show that the values are the same; and where values may be lost or gained of which the walk
 * says nothing, that is reported as `unclear`.
 */
export function compareSchemas(before: Versioned, after: Versioned, direction: Direction): readonly SchemaChange[] {
  const [one, other] = [before.types, after.types]
  const isRequest = direction === 'request'
  const context: Context = {
    before: one,
    after: other,
    path: '',
    isFilledBefore: isRequest,
    isFilledAfter: isRequest,
    isRequest,
    known: new Map(),
    kept: new Inclusion({ one, other, reading: 'check' }),
    regained: new Inclusion({ one: other, other: one, reading: 'check' }),
    keptType: new Inclusion({ one, other, reading: 'type' }),
    regainedType: new Inclusion({ one: other, other: one, reading: 'type' }),
  }
  return compare(before.schema, after.schema, context)
}

interface Context {
  readonly before: Types
  readonly after: Types
  readonly path: string
  /** Whether a property that is absent here got its default, in each version. */
  readonly isFilledBefore: boolean
  readonly isFilledAfter: boolean
  readonly isRequest: boolean
  /** Pairs that were compared, or are being compared: recursive types end there. Changes are relative to the pair. */
  readonly known: Map<string, readonly SchemaChange[]>
  /** Whether all old values still pass. */
  readonly kept: Inclusion
  /** Whether all new values passed before. */
  readonly regained: Inclusion
  /** The same, as far as the generated types of the other version tell. */
  readonly keptType: Inclusion
  readonly regainedType: Inclusion
}

/** Changes of a shared type that are repeated at each further place where it is used. */
const MAX_REPEATED = 20

function compare(one: JsonSchema, other: JsonSchema, context: Context): readonly SchemaChange[] {
  const key = JSON.stringify([one, other, context.isFilledBefore, context.isFilledAfter])
  const known = context.known.get(key)
  const changes = known?.slice(0, MAX_REPEATED) ?? compareNew(one, other, key, { ...context, path: '' })
  const named = inType(sharedTypeOf(one, other), changes)
  return named.map((change) => ({ ...change, path: context.path + change.path }))
}

function compareNew(one: JsonSchema, other: JsonSchema, key: string, context: Context): readonly SchemaChange[] {
  context.known.set(key, [])
  const changes = believe(walk(one, other, context), one, other, context)
  context.known.set(key, changes)
  return changes
}

/** Changes after which a value may not be taken any more, in which case there must be one; and the other way round. */
const LOSING: ReadonlySet<Shift> = new Set(['narrowed', 'tightened', 'expelled', 'unclear'])
const GAINING: ReadonlySet<Shift> = new Set(['widened', 'loosened', 'admitted', 'dropped', 'unclear'])

/** Drops what makes no difference to values, and adds what the walk did not see. */
function believe(
  found: readonly SchemaChange[],
  one: JsonSchema,
  other: JsonSchema,
  context: Context,
): readonly SchemaChange[] {
  const { isRequest, isFilledBefore, isFilledAfter } = context
  const there = { one: isFilledBefore, other: isFilledAfter }
  const back = { one: isFilledAfter, other: isFilledBefore }
  const isKept = context.kept.holds(one, other, there)
  const isRegained = context.regained.holds(other, one, back)
  const isKeptType = isRequest || context.keptType.holds(one, other, there)
  const isRegainedType = isRequest || context.regainedType.holds(other, one, back)
  const loses = isRequest ? !isKept : !isKeptType
  const gains = isRequest ? !isRegained : !isRegainedType
  const changes = found.filter(({ shift }) => {
    if (shift === 'narrowed') return loses
    if (shift === 'widened') return gains
    if (shift === 'dropped') return isRequest || gains
    if (shift === 'tightened' || shift === 'expelled') return !isKept
    if (shift === 'loosened' || shift === 'admitted') return !isRegained
    return shift !== 'unclear' || loses || gains || !isKept || !isRegained
  })
  const isLossSeen = changes.some(({ shift }) => (isRequest ? LOSING : TYPE_LOSING).has(shift))
  const isGainSeen = changes.some(({ shift }) => (isRequest ? GAINING : TYPE_GAINING).has(shift))
  if ((!loses || isLossSeen) && (!gains || isGainSeen || isRequest)) return changes
  const texts = { path: '', before: wordsOf(one, context.before), after: wordsOf(other, context.after) }
  return [{ shift: 'unclear', ...texts }, ...changes]
}

/** What the compiler of the other side could have known. */
const TYPE_LOSING: ReadonlySet<Shift> = new Set(['narrowed', 'unclear'])
const TYPE_GAINING: ReadonlySet<Shift> = new Set(['widened', 'dropped', 'unclear'])

function wordsOf(schema: JsonSchema, types: Types): string {
  return describeVariants(variantsOf(schema, types))
}

function walk(one: JsonSchema, other: JsonSchema, outer: Context): readonly SchemaChange[] {
  const context: Context = {
    ...outer,
    // The server cannot know which alternative is meant, and fills in none.
    isFilledBefore: outer.isFilledBefore && !isChoice(resolve(one, outer.before)),
    isFilledAfter: outer.isFilledAfter && !isChoice(resolve(other, outer.after)),
  }
  const before = variantsOf(one, context.before)
  const after = variantsOf(other, context.after)
  const { pairs, lost, gained } = pairVariants(before, after)
  const texts = { path: '', before: describeVariants(before), after: describeVariants(after) }
  return [
    ...(lost.length > 0 ? [{ shift: 'narrowed' as const, ...texts }] : []),
    ...(gained.length > 0 ? [{ shift: 'widened' as const, ...texts }] : []),
    ...pairs.flatMap(([first, second]) => inType(sharedTypeOf(first, second), compareVariants(first, second, context))),
  ]
}

function isChoice({ anyOf, oneOf }: Keywords): boolean {
  return anyOf !== undefined || oneOf !== undefined
}

function compareVariants(one: Keywords, other: Keywords, context: Context): readonly SchemaChange[] {
  const types = [typeOf(one), typeOf(other)]
  return [
    ...compareConstraints(...withoutLengths(one, other), context),
    ...(types.includes('object') ? compareObjects(one, other, context) : []),
    ...(types.includes('array') ? compareArrays(one, other, context) : []),
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

/** Where the server fills in no defaults. */
const UNFILLED = { isFilledBefore: false, isFilledAfter: false } as const

function compareObjects(one: Keywords, other: Keywords, context: Context): readonly SchemaChange[] {
  const before = propertiesOf(one, context.isFilledBefore)
  const after = propertiesOf(other, context.isFilledAfter)
  const closed = {
    wasClosed: isClosed(one),
    isClosed: isClosed(other),
    othersBefore: typedOthers(one),
    othersAfter: typedOthers(other),
  }
  const known = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const path = `${context.path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return compareProperty(before.get(name), after.get(name), { context: { ...context, path }, ...closed })
  })
  return [...known, ...compareOthers(one, other, context)]
}

interface PropertyContext {
  readonly context: Context
  readonly wasClosed: boolean
  readonly isClosed: boolean
  /** What a property is that has no name in a version, where that says so. */
  readonly othersBefore: JsonSchema | undefined
  readonly othersAfter: JsonSchema | undefined
}

function typedOthers({ additionalProperties }: Keywords): JsonSchema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}

function compareProperty(old: Property | undefined, now: Property | undefined, where: PropertyContext) {
  const { context, wasClosed, isClosed } = where
  const words = (property: Property | undefined, types: Types): string =>
    property === undefined ? '' : describeVariants(variantsOf(property.schema, types))
  const own = comparePresence(old, now, {
    path: context.path,
    before: words(old, context.before),
    after: words(now, context.after),
    wasClosed,
    isClosed,
  })
  const [one, other] = [old?.schema ?? where.othersBefore, now?.schema ?? where.othersAfter]
  return one === undefined || other === undefined ? own : [...own, ...compare(one, other, context)]
}

function isClosed({ additionalProperties, patternProperties }: Keywords): boolean {
  return additionalProperties === false && patternProperties === undefined
}

/** The properties that have no name: of what type they are, and whether there may be any. */
function compareOthers(one: Keywords, other: Keywords, outer: Context): readonly SchemaChange[] {
  const context = { ...outer, path: `${outer.path}/*`, ...UNFILLED }
  const [before, after] = [one.patternProperties ?? {}, other.patternProperties ?? {}]
  const patterns = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return [
    ...patterns.flatMap((name) => compare(before[name] ?? othersOf(one), after[name] ?? othersOf(other), context)),
    ...compareClosing(one, other, context),
  ]
}

/** Undeclared properties are let through, unless it says `false`. */
function compareClosing(one: Keywords, other: Keywords, context: Context): readonly SchemaChange[] {
  const [before, after] = [one.additionalProperties === false, other.additionalProperties === false]
  const path = context.path.slice(0, -'/*'.length)
  const texts = (shift: Shift): SchemaChange => ({ shift, path, before: closing(before), after: closing(after) })
  if (before !== after) return [texts(after ? 'expelled' : 'admitted')]
  return before ? [] : compare(othersOf(one), othersOf(other), context)
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

function compareArrays(one: Keywords, other: Keywords, context: Context): readonly SchemaChange[] {
  const [before, after] = [one.prefixItems ?? [], other.prefixItems ?? []]
  if (before.length !== after.length) {
    const [was, is] = [before, after].map(({ length }) => `${length} elements`) as [string, string]
    const texts = { path: context.path, before: was, after: is }
    return [
      { shift: 'narrowed', ...texts },
      { shift: 'widened', ...texts },
    ]
  }
  const elements = before.flatMap((element, index) =>
    compare(element, after[index] ?? {}, { ...context, path: `${context.path}/${index}`, ...UNFILLED }),
  )
  return [...elements, ...compare(itemsOf(one), itemsOf(other), { ...context, path: `${context.path}/*` })]
}

function itemsOf({ items = {} }: Keywords): JsonSchema {
  return typeof items === 'boolean' ? toSchema(items) : items
}
