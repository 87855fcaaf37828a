import type { JsonSchema } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import type { SchemaChange } from './schema-change.ts'

/** A property of an object, as far as its presence goes. */
export interface Property {
  readonly schema: JsonSchema
  /** Whether it is always there once defaults were filled in. */
  readonly isRequired: boolean
  /** Whether a sender has to give it: what is filled in may be left out. */
  readonly isNeeded: boolean
  /** Whether it gets its default where it is left out. */
  readonly isFilled: boolean
}

/** The properties that a variant names. */
export function propertiesOf({ properties = {}, required = [] }: Keywords, isFilled: boolean): Map<string, Property> {
  const names = new Set(required)
  return new Map(
    Object.entries(properties).map(([name, schema]) => {
      const isRequired = names.has(name)
      return [name, { schema, isRequired, isNeeded: isRequired && !(isFilled && 'default' in schema), isFilled }]
    }),
  )
}

/** What {@link comparePresence} needs to know of the object around. */
export interface Presence {
  readonly path: string
  /** The property's type in a few words. */
  readonly before: string
  readonly after: string
  /** Whether properties without a name were refused, and are now. */
  readonly wasClosed: boolean
  readonly isClosed: boolean
}

/** Compares whether a property is there, has to be, and what it is filled in with. */
export function comparePresence(
  old: Property | undefined,
  now: Property | undefined,
  site: Presence,
): readonly SchemaChange[] {
  if (old === undefined) return now === undefined ? [] : compareNew(now, site)
  if (now === undefined) return compareGone(old, site)
  const texts = { path: site.path, before: presence(old), after: presence(now) }
  if (!old.isNeeded && now.isNeeded) return [{ shift: 'narrowed', ...texts }]
  if (old.isNeeded && !now.isNeeded) return [{ shift: 'widened', ...texts }]
  return old.isNeeded || !old.isFilled ? [] : compareDefaults(old.schema, now.schema, site.path)
}

function compareNew(now: Property, { path, after, wasClosed }: Presence): readonly SchemaChange[] {
  return [{ shift: shiftOfNew(now, wasClosed), path, before: 'not there', after: `${presence(now)} ${after}` }]
}

function compareGone(old: Property, { path, before, isClosed }: Presence): readonly SchemaChange[] {
  const texts = { path, before: `${presence(old)} ${before}`, after: 'not there' }
  if (!isClosed) return [{ shift: old.isNeeded ? 'dropped' : 'ignored', ...texts }]
  return [{ shift: 'expelled', ...texts }, ...(old.isNeeded ? [{ shift: 'dropped' as const, ...texts }] : [])]
}

function shiftOfNew(property: Property, wasClosed: boolean): SchemaChange['shift'] {
  if (property.isNeeded) return 'narrowed'
  return wasClosed ? 'admitted' : 'added'
}

function presence({ isNeeded, isRequired }: Property): string {
  if (isNeeded) return 'required'
  return isRequired ? 'filled in by default' : 'optional'
}

/** What a sender leaves out means what it is filled in with. */
function compareDefaults(one: Keywords, other: Keywords, path: string): readonly SchemaChange[] {
  const [before, after] = [textOfDefault(one), textOfDefault(other)]
  return before === after ? [] : [{ shift: 'defaulted', path, before, after }]
}

function textOfDefault(schema: Keywords): string {
  return 'default' in schema ? `default ${JSON.stringify(schema.default)}` : 'no default'
}
