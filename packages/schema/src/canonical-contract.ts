import type { CommandContract, Contract, PushContract } from './contract.ts'
import type { JsonSchema } from './json-schema.ts'
import { typeNameOf } from './object-view.ts'

/** One command or push as text that is equal exactly when the two mean the same on the wire. */
export interface CanonicalMember {
  /** Name on the wire. */
  readonly cmd: string
  readonly text: string
}

/**
 * The canonical form of a contract, each member by itself, sorted by `cmd`: what hashes and comparisons are made of.
 *
 * A command stands there under each of its former names too: a server that answers them keeps what a client was promised
 * that knows it by one, and finds nothing different.
 *
 * Left out is what does not show on the wire: descriptions, examples, deprecation, `params`, `idempotent`, `timeoutMs`,
 * `rateLimit`, the names of types and the order in which anything is written. PROTOCOL.md §$hello.
 */
export function canonicalContract({ commands, pushes, types }: Contract): readonly CanonicalMember[] {
  return [
    ...commands.flatMap((command) => {
      const text = write(wireOfCommand(command), types)
      return [command.cmd, ...(command.renamedFrom ?? [])].map((cmd) => ({ cmd, text }))
    }),
    ...pushes.map((push) => ({ cmd: push.cmd, text: write(wireOfPush(push), types) })),
  ].sort((one, other) => (one.cmd < other.cmd ? -1 : 1))
}

function wireOfCommand({ request, response, errors }: CommandContract): object {
  const data = Object.entries(errors).map(([name, error]) => [name, { status: error.status, data: error.data }])
  return { kind: 'command', request, response, errors: Object.fromEntries(data) }
}

function wireOfPush({ data }: PushContract): object {
  return { kind: 'push', data }
}

/** Keywords that say something to people only. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
])

/** Keywords whose values are sets: their order means nothing. */
const SETS: ReadonlySet<string> = new Set(['required', 'enum', 'type'])

/** Keywords whose keys are the author's names, not keywords. */
const MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', 'errors'])

/** Writes a value with sorted keys; types are numbered in the order in which they are met, and written behind it. */
function write(value: object, types: Contract['types']): string {
  const numbers = new Map<string, number>()
  const numberOf: NumberOf = (type) => {
    const number = numbers.get(type) ?? numbers.size
    numbers.set(type, number)
    return number
  }
  const parts = [writeSchema(value, numberOf)]
  // A map's iterator also gives what is added while it runs: the types that types use.
  for (const type of numbers.keys()) parts.push(writeSchema(types[type] ?? {}, numberOf))
  return parts.join('\n')
}

type NumberOf = (type: string) => number

function writeSchema(schema: JsonSchema, numberOf: NumberOf): string {
  return writeEntries(schema, (keyword, value) => {
    if (ANNOTATIONS.has(keyword)) return undefined
    if (keyword === '$ref') return String(numberOf(typeNameOf(String(value))))
    if (MAPS.has(keyword)) return writeEntries(value as object, (_name, part) => writePart(part, numberOf))
    if (SETS.has(keyword) && Array.isArray(value)) return writeList(value.map((part) => writeValue(part)).sort())
    return isValue(keyword) ? writeValue(value) : writePart(value, numberOf)
  })
}

function isValue(keyword: string): boolean {
  return keyword === 'const' || keyword === 'default'
}

function writePart(value: unknown, numberOf: NumberOf): string {
  if (Array.isArray(value)) return writeList(value.map((part) => writePart(part, numberOf)))
  return typeof value === 'object' && value !== null ? writeSchema(value, numberOf) : JSON.stringify(value)
}

/** A JSON value with sorted keys. */
function writeValue(value: unknown): string {
  if (Array.isArray(value)) return writeList(value.map(writeValue))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return writeEntries(value, (_key, part) => writeValue(part))
}

function writeEntries(object: object, writeEntry: (key: string, value: unknown) => string | undefined): string {
  const entries = Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1))
  const written = entries.flatMap(([key, value]) => {
    const text = writeEntry(key, value)
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`]
  })
  return `{${written.join(',')}}`
}

function writeList(items: readonly string[]): string {
  return `[${items.join(',')}]`
}
