import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'
import { sharedTypeName } from '../names.ts'
import { docsOf } from './read-docs.ts'
import { readShape, type ShapeContext, type View } from './read-shape.ts'
import type { TypeDeclaration } from './shape.ts'

/**
 * The named types of a contract, seen from one side.
 *
 * A type that is used in requests and elsewhere, and whose defaults make it differ there, has a twin for requests:
 * `Message` and `MessageInput`.
 */
export interface SharedTypes {
  /** Sorted by name. */
  readonly declarations: readonly SharedType[]
  /** How schemas of requests are read. */
  readonly inRequests: ShapeContext
  /** How all other schemas are read. */
  readonly elsewhere: ShapeContext
}

/** A declaration with the name that its type has in the contract. */
export interface SharedType extends TypeDeclaration {
  readonly type: string
}

/** The shared types as both sides see them. */
export interface Sides {
  readonly client: SharedTypes
  readonly server: SharedTypes
}

/** Reads a contract's named types as the client (`sent`) or the server (`served`) sees them. */
export function readSharedTypes(contract: Contract, requestView: Exclude<View, 'plain'>): SharedTypes {
  const { types } = contract
  const { filled, plain, unsent } = findUses(contract)
  const hasTwin = (type: string): boolean =>
    filled.has(type) && plain.has(type) && differs({ $ref: type }, { types, view: requestView }, new Set())
  const elsewhere: ShapeContext = { view: 'plain', nameOf: sharedTypeName }
  const inRequests: ShapeContext = {
    view: requestView,
    nameOf: (type) => (hasTwin(type) ? `${sharedTypeName(type)}Input` : sharedTypeName(type)),
    unfilled: elsewhere,
  }
  const seen = Object.keys(types).filter((type) => requestView === 'served' || !unsent.has(type))
  const declarations = seen.flatMap((type): readonly SharedType[] => {
    const own = declare(type, types, plain.has(type) ? elsewhere : inRequests)
    return hasTwin(type) ? [own, declare(type, types, inRequests)] : [own]
  })
  return { declarations, inRequests, elsewhere }
}

type Types = Contract['types']

function dataOfAnswers({ response, stream, errors }: Contract['commands'][number]): readonly unknown[] {
  return [response, stream, ...Object.values(errors).map(({ data }) => data)]
}

function declare(type: string, types: Types, context: ShapeContext): SharedType {
  const schema = types[type] ?? {}
  return { type, typeName: context.nameOf(type), docs: docsOf(schema), shape: readShape(schema, context) }
}

/** The named types where a server fills in defaults, and those where it does not; a type may be both. */
interface Uses {
  readonly filled: Set<string>
  readonly plain: Set<string>
  /** Those of the presence alone, which stays on the servers. */
  readonly unsent: ReadonlySet<string>
}

function findUses({ commands, pushes, presence, types }: Contract): Uses {
  const [filled, plain] = [new Set<string>(), new Set<string>()]
  const visit = (schema: unknown, isFilled: boolean): void => {
    for (const ref of refsOf(schema, isFilled)) {
      const found = ref.isFilled ? filled : plain
      if (found.has(ref.type)) continue
      found.add(ref.type)
      visit(types[ref.type], ref.isFilled)
    }
  }
  for (const { request } of commands) visit(request, true)
  for (const schema of [...pushes.map(({ data }) => data), ...commands.flatMap(dataOfAnswers)]) visit(schema, false)
  const sent = new Set([...filled, ...plain])
  visit(presence, false)
  return { filled, plain, unsent: new Set([...plain].filter((type) => !sent.has(type))) }
}

/** Keywords whose parts a server fills in, as `@wsrv/server` does. */
const FILLED: ReadonlySet<string> = new Set(['properties', 'items', 'allOf'])

interface Ref {
  readonly type: string
  readonly isFilled: boolean
}

function refsOf(schema: unknown, isFilled: boolean, found: Ref[] = []): readonly Ref[] {
  if (typeof schema !== 'object' || schema === null) return found
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$ref' && typeof value === 'string') found.push({ type: typeNameOf(value), isFilled })
    else for (const part of partsOf(keyword, value)) refsOf(part, isFilled && FILLED.has(keyword), found)
  }
  return found
}

function partsOf(keyword: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return keyword === 'properties' ? Object.values(value as object) : [value]
}

/** Whether a schema's type is another one in a request than elsewhere. */
function differs(schema: unknown, world: { readonly types: Types; readonly view: View }, seen: Set<string>): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  const { $ref, properties, required = [] } = schema as DefaultKeywords
  if (typeof $ref === 'string') {
    const type = typeNameOf($ref)
    if (seen.has(type)) return false
    return differs(world.types[type], world, seen.add(type))
  }
  const own = Object.entries(properties ?? {}).some(
    ([name, property]) => 'default' in property && required.includes(name) === (world.view === 'sent'),
  )
  return own || Object.values(schema).some((part) => differs(part, world, seen))
}

interface DefaultKeywords {
  readonly $ref?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}
