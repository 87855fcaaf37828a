import { type JsonSchema, typeNameOf } from '@wsrv/schema'
import { sharedTypeName } from '../names.ts'
import type { MessageModel } from './model.ts'
import { docsOf } from './read-docs.ts'
import { readShape, type ShapeContext } from './read-shape.ts'

/** Builds the model of a message's data under the name that its type gets. */
export function buildMessage(typeName: string, schema: JsonSchema, context: ShapeContext): MessageModel {
  const { $ref } = schema as { readonly $ref?: string }
  const isShared = $ref !== undefined && sharedTypeName(typeNameOf($ref)) === typeName
  return { typeName, shape: readShape(schema, context), docs: docsOf(schema), isShared }
}
