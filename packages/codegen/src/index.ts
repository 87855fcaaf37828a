export type { AllowedChange } from './config/allowed-change.ts'
export type { ClientOutput, Config, ContractsConfig } from './config/config.ts'
export { CONFIG_FILE, defineConfig } from './config/config.ts'
export type { Diagnostic } from './diagnostic.ts'
export { formatDiagnostic } from './diagnostic.ts'
export type { AffectedPeer, ContractChange, Severity } from './diff/contract-change.ts'
export type { Emitter } from './emit/emitter.ts'
export type { GeneratedFile, HandlerEntry, HandlerIndexFile, PrintedFile, StubFile } from './emit/generated-file.ts'
export type { DocComment } from './model/docs.ts'
export type {
  CommandModel,
  ErrorModel,
  MessageModel,
  Model,
  ParamModel,
  PushModel,
  RequestModel,
  RestModel,
} from './model/model.ts'
export type { Field, Keyword, ObjectShape, Shape, TemplatePart, TupleShape, TypeDeclaration } from './model/shape.ts'
export type { SharedType } from './model/shared-types.ts'
