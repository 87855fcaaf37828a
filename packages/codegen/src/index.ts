export type { Config, ContractsConfig } from './config.ts'
export { defineConfig } from './config.ts'
export type { Casualty, ContractChange, Severity } from './contract-change.ts'
export type { Diagnostic } from './diagnostic.ts'
export type { Docs } from './docs.ts'
export type { Emitter } from './emitter.ts'
export type { GeneratedFile, HandlerEntry, HandlerIndexFile, PrintedFile, StubFile } from './generated-file.ts'
export type {
  CommandModel,
  ErrorModel,
  MessageModel,
  Model,
  ParamModel,
  PushModel,
  RequestModel,
  RestModel,
} from './model.ts'
export type { TypeDeclaration } from './print-declaration.ts'
export type { Field, Keyword, ObjectShape, Shape, TemplatePart, TupleShape } from './shape.ts'
export type { SharedType } from './shared-types.ts'
