import { type CommandContract, type Contract, kebabCase, type PropertyView, viewObject } from '@wsrv/schema'

type Types = Contract['types']

/** Properties of a request by the flag that sets them: `uid`, `content.kind`; none where a request is not an object. */
export type RequestFields = ReadonlyMap<string, PropertyView>

/** How deep flags reach into objects; `--data` reaches everywhere. */
const MAX_DEPTH = 4

/** Finds what flags may set of a command's request. */
export function requestFields({ request }: CommandContract, types: Types): RequestFields {
  const fields = new Map<string, PropertyView>()
  collect(viewObject(request, types) ?? new Map(), '')
  return fields

  function collect(properties: ReadonlyMap<string, PropertyView>, prefix: string, depth = 1): void {
    for (const [name, property] of properties) {
      fields.set(prefix + name, property)
      const inner = depth < MAX_DEPTH ? viewObject(property.schema, types) : undefined
      if (inner !== undefined) collect(inner, `${prefix}${name}.`, depth + 1)
    }
  }
}

/** The field that a flag means: by its name as declared, or in kebab case. */
export function fieldOfFlag(flag: string, fields: RequestFields): string | undefined {
  if (fields.has(flag)) return flag
  return [...fields.keys()].find((name) => flagOf(name) === flag)
}

/** A field's flag in kebab case, its dots kept: `content.max-width`. */
export function flagOf(name: string): string {
  return name.split('.').map(kebabCase).join('.')
}
