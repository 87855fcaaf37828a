import type { JsonSchema } from '@wsrv/schema'
import type { Keywords } from '../model/schema-keywords.ts'

/** All keywords by which values are told apart. */
export interface Constraints extends Keywords {
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly contains?: JsonSchema
  readonly minContains?: number
  readonly maxContains?: number
  readonly propertyNames?: JsonSchema | boolean
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly dependentSchemas?: Readonly<Record<string, JsonSchema | boolean>>
}
