export type { BuildOptions, BuiltContract } from './build-contract.ts'
export { buildContract } from './build-contract.ts'
export type { CanonicalMember } from './canonical-contract.ts'
export { canonicalContract } from './canonical-contract.ts'
export { clientPath } from './check/check-cmd.ts'
export { didYouMean, nearest } from './check/nearest.ts'
export type { CommandDefinition, CommandSpec, ErrorSpec, RateLimitSpec } from './command.ts'
export { command } from './command.ts'
export type {
  ChangesSince,
  CommandContract,
  Contract,
  ContractHashes,
  ErrorContract,
  Named,
  PushContract,
} from './contract.ts'
export { codeName } from './contract.ts'
export type { SchemaModule } from './exports.ts'
export type { JsonSchema, PropertyName } from './json-schema.ts'
export type { PropertyView } from './object-view.ts'
export { typeNameOf, viewObject } from './object-view.ts'
export type { PresenceDefinition, PresenceSpec } from './presence.ts'
export { presence } from './presence.ts'
export type { ContractProblem, Place } from './problem.ts'
export { formatPlace, formatProblem } from './problem.ts'
export type { PushDefinition, PushSpec, WhenSlow } from './push.ts'
export { push } from './push.ts'
export type { SchemaPart } from './schema-parts.ts'
export { schemaParts } from './schema-parts.ts'
export { camelCase, kebabCase, pascalCase, snakeCase } from './word-case.ts'
