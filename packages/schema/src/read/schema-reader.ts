import { describe } from '@wsrv/protocol'
import { checkKeywordValues } from '../check/check-keyword-values.ts'
import { findMisspelt } from '../check/check-spelling.ts'
import type { Exported } from '../exports.ts'
import type { JsonSchema } from '../json-schema.ts'
import { isJson, KEYWORDS } from '../json-schema.ts'
import { type ContractProblem, formatPlace, type Place, type UnplacedProblem } from '../problem.ts'
import { pascalCase } from '../word-case.ts'
import { toDraft2020 } from './dialect.ts'
import { findRefusal } from './refusal.ts'
import { isStructured, outlineOf, structureOf } from './structure.ts'

/**
 * Reads authored schemas into plain JSON Schema whose shared parts are `{ "$ref": "#/$defs/Name" }` into {@link types}.
 *
 * A part has a name of its own when it has a `$id`, stands in `$defs`, or is (or equals) a schema that a file exports.
 * What cannot be read goes to {@link problems}, all of it, and reads as a schema of anything.
 */
export class SchemaReader {
  /** The named types met so far. */
  readonly types: Map<string, JsonSchema> = new Map()
  /** Where each of them was declared or first met. */
  readonly places: Map<string, Place> = new Map()
  readonly problems: ContractProblem[] = []
  readonly #byIdentity = new Map<JsonSchema, NamedSchema>()
  readonly #byStructure = new Map<string, NamedSchema>()
  readonly #outlines = new Set<string>()
  readonly #byRef = new Map<string, NamedSchema>()
  readonly #defined = new Map<string, NamedSchema>()
  readonly #open = new Set<JsonSchema>()

  constructor(exported: readonly Exported<JsonSchema>[]) {
    for (const { file, exportName, value } of exported) {
      if ('$ref' in value) continue
      const id = '$id' in value && typeof value.$id === 'string' ? value.$id : exportName
      this.#register({ name: nameOfId(id), raw: value as RawSchema, place: { file, exportName } }, [id, exportName])
    }
  }

  /**
   * Reads one schema of a command or push.
   *
   * @param site where it stands; `typeName` names it should it refer to itself.
   */
  read(raw: unknown, site: ReadContext): JsonSchema {
    const resource: Resource = { raw, name: site.typeName, isReferenced: false }
    const plain = this.#read(raw, { place: site.place, resource, defs: new Map() }, site.path)
    if (!resource.isReferenced) return plain
    this.types.set(site.typeName, plain)
    this.places.set(site.typeName, site.place)
    return refTo(site.typeName)
  }

  #register(named: NamedSchema, refs: readonly string[]): void {
    this.#byIdentity.set(named.raw, named)
    for (const ref of refs) if (!this.#byRef.has(ref)) this.#byRef.set(ref, named)
    if (!isStructured(named.raw)) return
    const structure = structureOf(named.raw)
    if (structure === undefined || this.#byStructure.has(structure)) return
    this.#byStructure.set(structure, named)
    this.#outlines.add(outlineOf(named.raw))
  }

  #read(raw: unknown, scope: Scope, path: string): JsonSchema {
    if (typeof raw === 'boolean') return raw ? {} : { not: {} }
    // The types of ArkType are functions.
    const refusal = isRecord(raw) || typeof raw === 'function' ? findRefusal(raw as RawSchema) : undefined
    if (refusal) return this.#fail(scope, { ...refusal, wrong: `${path} ${refusal.wrong}` })
    if (!isRecord(raw)) return this.#fail(scope, { wrong: `${path} is ${describe(raw)}`, expected: 'a schema' })
    const named = this.#findNamed(raw, scope)
    if (named) return this.#use(named)
    if (!this.#open.has(raw)) return this.#readBody(raw, scope, path)
    return this.#fail(scope, {
      wrong: `${path} contains itself`,
      expected: 'a schema that can be written as JSON',
      advice: 'Refer to it by name: Type.Cyclic, or { $ref: "#/$defs/Name" }',
    })
  }

  #findNamed(raw: RawSchema, scope: Scope): NamedSchema | undefined {
    const known = this.#byIdentity.get(raw)
    if (known) return known
    const id = raw['$id']
    if (typeof id === 'string') {
      const named = { name: nameOfId(id), raw, place: scope.place }
      this.#register(named, [id])
      return named
    }
    if (!isStructured(raw) || !this.#outlines.has(outlineOf(raw))) return undefined
    return this.#byStructure.get(structureOf(raw) ?? '')
  }

  /** Defines a named type when it is first used, and refers to it. */
  #use(named: NamedSchema): JsonSchema {
    const { name, raw, place } = named
    const other = this.#defined.get(name)
    if (other === undefined) {
      this.#defined.set(name, named)
      this.places.set(name, place)
      const scope = named.scope ?? { place, resource: { raw, name, isReferenced: false }, defs: new Map() }
      this.types.set(name, this.#readBody(raw, scope, name))
    } else if (other.raw !== raw && structureOf(other.raw) !== structureOf(raw)) {
      this.problems.push({
        ...place,
        wrong: `the type name ${name} is already that of another schema, ${formatPlace(other.place)}`,
        expected: 'one schema per name',
        advice: 'Rename one of the exports or set a different $id',
      })
    }
    return refTo(name)
  }

  #readBody(raw: RawSchema, outer: Scope, path: string): JsonSchema {
    const scope = this.#enterDefs(raw, outer)
    const body = toDraft2020(raw)
    if (body instanceof Error)
      return this.#fail(scope, { wrong: `${path} ${body.message}`, expected: 'the rest element last' })
    for (const problem of checkKeywordValues(body, path)) this.#fail(scope, problem)
    this.#open.add(raw)
    const plain: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(body)) {
      const read =
        keyword === '$ref' ? this.#readRef(value, scope, path) : this.#readKeyword(keyword, value, scope, path)
      if (read !== undefined) plain[keyword] = read
    }
    this.#open.delete(raw)
    return plain
  }

  #enterDefs(raw: RawSchema, outer: Scope): Scope {
    const own = { ...asRecord(raw['definitions']), ...asRecord(raw['$defs']) }
    if (Object.keys(own).length === 0) return outer
    const scope: Scope = { ...outer, defs: new Map(outer.defs) }
    for (const [key, value] of Object.entries(own)) {
      if (!isRecord(value)) continue
      const id = typeof value['$id'] === 'string' ? value['$id'] : key
      const named = this.#byIdentity.get(value) ?? { name: nameOfId(id), raw: value, place: scope.place, scope }
      this.#byIdentity.set(value, named)
      for (const ref of [key, id]) (scope.defs as Map<string, NamedSchema>).set(ref, named)
    }
    return scope
  }

  #readKeyword(keyword: string, value: unknown, scope: Scope, path: string): unknown {
    const holds = KEYWORDS.get(keyword)
    if (holds === 'nothing' || value === undefined) return undefined
    if (typeof value === 'boolean' && holds === 'schema') return value
    if (holds === 'schema') return this.#read(value, scope, keyword === 'items' ? `${path}[]` : path)
    if (holds === 'schemas' && Array.isArray(value)) {
      return value.map((part, index) => this.#read(part, scope, `${path}, part ${index + 1} of ${keyword},`))
    }
    if (holds === 'schema-map' && isRecord(value)) return this.#readMap(value, scope, path)
    const meant = findMisspelt(keyword)
    if (meant !== undefined) return this.#fail(scope, misspelt(keyword, meant, path))
    if (holds === undefined && isJson(value)) return value
    const expected = holds === undefined ? 'a JSON value' : 'schemas'
    this.#fail(scope, { wrong: `${keyword} of ${path} is ${describe(value)}`, expected })
    return undefined
  }

  #readMap(schemas: RawSchema, scope: Scope, path: string): object {
    const names = Object.keys(schemas)
    if (!names.includes('__proto__')) {
      return Object.fromEntries(names.map((name) => [name, this.#read(schemas[name], scope, `${path}.${name}`)]))
    }
    return this.#fail(scope, { wrong: `${path} has a property "__proto__"`, expected: 'a name that is safe to read' })
  }

  /** The `$ref` value of the plain schema. */
  #readRef(ref: unknown, scope: Scope, path: string): string | undefined {
    const named = typeof ref === 'string' ? this.#resolve(ref, scope) : undefined
    if (named) return (this.#use(named) as { $ref: string }).$ref
    if (ref === '#') {
      scope.resource.isReferenced = true
      return (refTo(scope.resource.name) as { $ref: string }).$ref
    }
    const known = [...new Set([...scope.defs.keys(), ...this.#byRef.keys()])]
    this.#fail(scope, {
      wrong: `${path} refers to ${describe(ref)}, which does not exist`,
      expected: known.length === 0 ? 'the $id of a schema or "#/$defs/Name"' : `one of ${known.join(', ')}`,
    })
    return undefined
  }

  #resolve(ref: string, scope: Scope): NamedSchema | undefined {
    const { resource, place } = scope
    if (ref === '#') return isRecord(resource.raw) ? this.#byIdentity.get(resource.raw) : undefined
    const local = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(ref)?.[1] ?? ref
    const named = scope.defs.get(local) ?? this.#byRef.get(local)
    if (named || !ref.startsWith('#/')) return named
    const target = resolvePointer(resource.raw, ref.slice(1))
    if (!isRecord(target)) return undefined
    const name = resource.name + wordsOfId(ref)
    const hoisted = this.#byIdentity.get(target) ?? { name, raw: target, place, scope }
    this.#byIdentity.set(target, hoisted)
    return hoisted
  }

  #fail(scope: Scope, problem: UnplacedProblem): JsonSchema {
    this.problems.push({ file: scope.place.file, exportName: scope.place.exportName, ...problem })
    return {}
  }
}

function misspelt(keyword: string, meant: string, path: string): UnplacedProblem {
  const wrong = `${path} has the keyword "${keyword}", which JSON Schema does not know`
  return { wrong, expected: `"${meant}"`, advice: 'Begin a keyword of your own with "x-"' }
}

/** Where a schema stands that is being read. */
export interface ReadContext {
  readonly place: Place
  /** How messages name it: `request`. */
  readonly path: string
  /** Name it gets should it refer to itself: `RegisterRequest`. */
  readonly typeName: string
}

type RawSchema = Readonly<Record<string, unknown>>

/** A schema with a name, and the scope in which its own references are looked up when that is not the schema itself. */
interface NamedSchema {
  readonly name: string
  readonly raw: RawSchema
  readonly place: Place
  readonly scope?: Scope
}

interface Scope {
  readonly place: Place
  readonly resource: Resource
  /** Schemas in `$defs` of what is around, by key and by `$id`. */
  readonly defs: ReadonlyMap<string, NamedSchema>
}

/** What `#` refers to. */
interface Resource {
  readonly raw: unknown
  readonly name: string
  isReferenced: boolean
}

/** A name that code can have: `User` for `https://example.org/schemas/user.json#`, and `Type42` for `42`. */
function nameOfId(id: string): string {
  const name = wordsOfId(id)
  return /^\p{ID_Start}/u.test(name) ? name : `Type${name}`
}

function wordsOfId(id: string): string {
  const last = id.split(/[/#]/).findLast((part) => part !== '') ?? id
  return pascalCase(last.replace(/(\.schema)?\.json$/, '')).replaceAll(/[^\p{ID_Continue}]/gu, '')
}

function refTo(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` }
}

function isRecord(value: unknown): value is RawSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asRecord(value: unknown): RawSchema {
  return isRecord(value) ? value : {}
}

/** What a JSON Pointer (RFC 6901) points at, or `undefined` where there is nothing. */
function resolvePointer(root: unknown, pointer: string): unknown {
  let value = root
  for (const token of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}
