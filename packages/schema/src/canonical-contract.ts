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
 * `rateLimit`, `whenSlow`, `snapshot`, the names of types and the order in which anything is written. PROTOCOL.md §$hello.
 */
export function canonicalContract({ commands, pushes, types }: Contract): readonly CanonicalMember[] {
  const write = createWriter(types)
  return [
    ...commands.flatMap((command) => {
      const text = write(wireOfCommand(command))
      return [command.cmd, ...(command.renamedFrom ?? [])].map((cmd) => ({ cmd, text }))
    }),
    ...pushes.map((push) => ({ cmd: push.cmd, text: write(wireOfPush(push)) })),
  ].sort((one, other) => (one.cmd < other.cmd ? -1 : 1))
}

function wireOfCommand({ request, response, stream, errors }: CommandContract): object {
  const data = Object.entries(errors).map(([name, error]) => [name, { status: error.status, data: error.data }])
  return { kind: 'command', request, response, ...(stream && { stream }), errors: Object.fromEntries(data) }
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

/** Text of schemas whose references to types are not numbered yet: every second piece is a type's name. */
type Pieces = readonly string[]

/** Stands around a type's name until it is numbered; text that was written as JSON has none. */
const MARK = '\u0000'

/** Writes members; what a type says is written once, however many members use it. */
function createWriter(types: Contract['types']): (value: object) => string {
  const written = new Map<string, Pieces>()
  const piecesOf = (type: string): Pieces => {
    const pieces = written.get(type) ?? writeSchema(types[type] ?? {}).split(MARK)
    written.set(type, pieces)
    return pieces
  }
  return (value) => {
    const numbers = new Map<string, number>()
    const parts = [numberTypes(writeSchema(value).split(MARK), numbers)]
    // A map's iterator also visits what is added while it runs: the types that types use.
    for (const type of numbers.keys()) parts.push(numberTypes(piecesOf(type), numbers))
    return parts.join('\n')
  }
}

/** Types are numbered in the order in which they are met, and written behind what uses them. */
function numberTypes(pieces: Pieces, numbers: Map<string, number>): string {
  const numbered = pieces.map((piece, index) => {
    if (index % 2 === 0) return piece
    const number = numbers.get(piece) ?? numbers.size
    numbers.set(piece, number)
    return String(number)
  })
  return numbered.join('')
}

function writeSchema(schema: JsonSchema): string {
  return writeEntries(schema, (keyword, value) => {
    if (ANNOTATIONS.has(keyword)) return undefined
    if (keyword === '$ref') return MARK + typeNameOf(String(value)) + MARK
    if (MAPS.has(keyword)) return writeEntries(value as object, (_name, part) => writePart(part))
    if (SETS.has(keyword) && Array.isArray(value)) return writeList(value.map((part) => writeValue(part)).sort())
    return isValue(keyword) ? writeValue(value) : writePart(value)
  })
}

function isValue(keyword: string): boolean {
  return keyword === 'const' || keyword === 'default'
}

function writePart(value: unknown): string {
  if (Array.isArray(value)) return writeList(value.map(writePart))
  return typeof value === 'object' && value !== null ? writeSchema(value) : JSON.stringify(value)
}

/** A JSON value with sorted keys. */
function writeValue(value: unknown): string {
  if (Array.isArray(value)) return writeList(value.map(writeValue))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return writeEntries(value, (_key, part) => writeValue(part))
}

function writeEntries(object: object, writeEntry: (key: string, value: unknown) => string | undefined): string {
  const written: string[] = []
  for (const key of Object.keys(object).sort()) {
    const text = writeEntry(key, (object as Readonly<Record<string, unknown>>)[key])
    if (text !== undefined) written.push(`${JSON.stringify(key)}:${text}`)
  }
  return `{${written.join(',')}}`
}

function writeList(items: readonly string[]): string {
  return `[${items.join(',')}]`
}
