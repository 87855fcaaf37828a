import { type CommandContract, type Contract, codeName, type JsonSchema, typeNameOf, viewObject } from '@wsrv/schema'
import { argumentNames, sharedTypeName, typeName } from '../names.ts'
import type { MessageModel, ParamModel, RequestModel } from './model.ts'
import { docsOf } from './read-docs.ts'
import { readShape, type ShapeContext } from './read-shape.ts'
import type { Field } from './shape.ts'
import type { Sides } from './shared-types.ts'

/** Builds the model of a command's request: its type on both sides, and how the client's method takes it. */
export function buildRequest(
  command: CommandContract,
  { types, sides }: { readonly types: Contract['types']; readonly sides: Sides },
): RequestModel {
  const { request, params = [] } = command
  const code = codeName(command)
  const context = sides.client.inRequests
  const fields = [...(viewObject(request, types) ?? [])].map(([name, { schema, isRequired }]): Field => {
    const isOptional = !isRequired || 'default' in schema
    return { name, shape: readShape(schema, context), isOptional, docs: docsOf(schema) }
  })
  const rest = fields.filter(({ name }) => !params.includes(name))
  return {
    ...buildMessage(typeName(code, 'Request'), request, sides.server.inRequests),
    sent: readShape(request, context),
    isEmpty: isEmptyObject(request, types),
    isOptional: fields.length > 0 && fields.every(({ isOptional }) => isOptional),
    params: buildParams(params, fields),
    ...(params.length > 0 &&
      rest.length > 0 && {
        rest: {
          typeName: typeName(code, 'Rest'),
          shape: { kind: 'object', fields: rest },
          isOptional: rest.every(({ isOptional }) => isOptional),
        },
      }),
  }
}

function buildParams(params: readonly string[], fields: readonly Field[]): readonly ParamModel[] {
  const names = argumentNames(params)
  return params.flatMap((property, index): readonly ParamModel[] => {
    const field = fields.find(({ name }) => name === property)
    const argument = names[index]
    if (field === undefined || argument === undefined) return []
    return [{ property, argument, shape: field.shape, isOptional: field.isOptional, docs: field.docs }]
  })
}

/** Keywords with which an object schema says something about its data. */
const SAYS_SOMETHING = ['patternProperties', 'anyOf', 'oneOf', 'allOf', 'minProperties'] as const

function isEmptyObject(schema: JsonSchema, types: Contract['types']): boolean {
  const { $ref, additionalProperties } = schema as { $ref?: string; additionalProperties?: unknown }
  const target = $ref === undefined ? undefined : types[typeNameOf($ref)]
  if (target !== undefined) return isEmptyObject(target, types)
  if (viewObject(schema, types)?.size !== 0 || SAYS_SOMETHING.some((keyword) => keyword in schema)) return false
  return additionalProperties === undefined || additionalProperties === false
}

/** Builds the model of a message's data under the name that its type gets. */
export function buildMessage(typeName: string, schema: JsonSchema, context: ShapeContext): MessageModel {
  const { $ref } = schema as { readonly $ref?: string }
  const isShared = $ref !== undefined && sharedTypeName(typeNameOf($ref)) === typeName
  return { typeName, shape: readShape(schema, context), docs: docsOf(schema), isShared }
}
