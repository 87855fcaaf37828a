import type { BuiltContract, ContractProblem, JsonSchema, Place } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'
import { matchesValue } from './matches-value.ts'

type Types = BuiltContract['contract']['types']

/** Finds defaults that their own schemas refuse: each request that leaves the property out would be answered with 400. */
export function findWrongDefaults({ contract, places, typePlaces }: BuiltContract): readonly ContractProblem[] {
  const { commands, types } = contract
  return [
    ...commands.flatMap(({ cmd, request }) => walk(request, { path: 'request', place: places.get(cmd), types })),
    ...Object.entries(types).flatMap(([name, type]) => walk(type, { path: name, place: typePlaces.get(name), types })),
  ]
}

interface Where {
  readonly path: string
  readonly place: Place | undefined
  readonly types: Types
}

function walk(schema: JsonSchema, where: Where): readonly ContractProblem[] {
  const { properties = {}, allOf = [], anyOf = [], oneOf = [], items } = schema as Keywords
  return [
    ...Object.entries(properties).flatMap(([name, property]) => {
      const inside = { ...where, path: `${where.path}.${name}` }
      return [...checkDefault(property, inside), ...walk(property, inside)]
    }),
    ...[...allOf, ...anyOf, ...oneOf].flatMap((part) => walk(part, where)),
    ...(typeof items === 'object' ? walk(items, { ...where, path: `${where.path}[]` }) : []),
  ]
}

function checkDefault(property: Keywords, { path, place, types }: Where): readonly ContractProblem[] {
  if (!('default' in property)) return []
  const { default: value } = property
  if (matchesValue(property, value, { types, reading: 'check', isFilled: false }) !== false) return []
  const { file = '', exportName = '' } = place ?? {}
  const wrong = `${path} has the default ${JSON.stringify(value)}, which its own schema refuses`
  return [{ file, exportName, wrong, expected: 'a value that the schema accepts' }]
}
