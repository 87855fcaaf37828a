import type { CommandDefinition } from './command.ts'
import type { JsonSchema } from './json-schema.ts'
import type { PresenceDefinition } from './presence.ts'
import type { Place } from './problem.ts'
import type { PushDefinition } from './push.ts'

/** A loaded schema file: what the loader hands to {@link buildContract}. */
export interface SchemaModule {
  /** Path as messages and generated headers show it: `schema/users.ts`. */
  readonly file: string
  /** Everything the module exports, by name. */
  readonly exports: Readonly<Record<string, unknown>>
}

/** An export with its place. */
export interface Exported<Value> extends Place {
  readonly value: Value
}

/** What the schema files export that a contract is made of; each value once, where it was first seen. */
export interface ContractExports {
  readonly commands: readonly Exported<CommandDefinition>[]
  readonly pushes: readonly Exported<PushDefinition>[]
  readonly presences: readonly Exported<PresenceDefinition>[]
  readonly schemas: readonly Exported<JsonSchema>[]
}

/** Sorts the modules' exports by what they are; re-exports count once and everything else is left alone. */
export function findExports(modules: readonly SchemaModule[]): ContractExports {
  const seen = new Set<unknown>()
  const found = { commands: [], pushes: [], presences: [], schemas: [] } as Mutable<ContractExports>
  for (const { file, exports } of modules) {
    for (const exportName of Object.keys(exports).sort()) {
      const value = exports[exportName]
      if (seen.has(value)) continue
      seen.add(value)
      add(found, { file, exportName, value })
    }
  }
  return found
}

function add(found: Mutable<ContractExports>, { value, ...place }: Exported<unknown>): void {
  if (isDefinition<CommandDefinition>(value, 'command')) found.commands.push({ ...place, value })
  else if (isDefinition<PushDefinition>(value, 'push')) found.pushes.push({ ...place, value })
  else if (isDefinition<PresenceDefinition>(value, 'presence')) found.presences.push({ ...place, value })
  else if (isSchema(value)) found.schemas.push({ ...place, value })
}

type Mutable<Lists> = { -readonly [Name in keyof Lists]: Lists[Name] extends readonly (infer Item)[] ? Item[] : never }

function isDefinition<Definition>(value: unknown, kind: string): value is Definition {
  return isObject(value) && value['kind'] === kind && isObject(value['spec'])
}

/** Keywords that make an exported object a schema; any other object is the author's own business. */
const MARKS = ['$id', '$ref', '$defs', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', 'properties', 'patternProperties']

function isSchema(value: unknown): value is JsonSchema {
  if (!isObject(value)) return false
  return '~kind' in value || typeof value['type'] === 'string' || MARKS.some((mark) => mark in value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
