import type { Contract, ContractHashes, ContractProblem, Named, Place } from '@wsrv/schema'
import type { DocComment } from './docs.ts'
import type { Shape } from './shape.ts'
import type { SharedType } from './shared-types.ts'

/** A contract as generated code sees it: names chosen, types read. Plain data: what every emitter starts from. */
export interface Model {
  /** Version of the generator. */
  readonly version: string
  /** Schema files, sorted. */
  readonly sources: readonly string[]
  readonly contract: Contract & { readonly hashes: ContractHashes }
  /** Sorted by `cmd`. */
  readonly commands: readonly CommandModel[]
  /** Sorted by `cmd`. */
  readonly pushes: readonly PushModel[]
  /** What members of rooms show; absent when the contract does not say. */
  readonly presence?: PresenceModel
  /** The contract's named types as clients see them, sorted. */
  readonly clientTypes: readonly SharedType[]
  /** The contract's named types as servers see them, sorted. */
  readonly serverTypes: readonly SharedType[]
}

/** A command of a {@link Model}. */
export interface CommandModel extends Named {
  readonly docs: DocComment
  readonly place: Place
  /** Where the client has it: `['chat', 'join']`. */
  readonly path: readonly string[]
  /** Name of its handler's export, and of the file without extension. */
  readonly handler: { readonly name: string; readonly file: string }
  readonly request: RequestModel
  readonly response: MessageModel
  /** One item; absent when it is not a stream. */
  readonly item?: MessageModel
  readonly errors: readonly ErrorModel[]
  /** Name of the type of what it may reject with. */
  readonly errorType: string
  readonly idempotent: boolean
  /** Former names, under which a server answers it too. */
  readonly formerCmds: readonly string[]
  /** In ms. */
  readonly timeoutMs?: number
}

/** A message's data with its type's name. */
export interface MessageModel {
  readonly typeName: string
  readonly shape: Shape
  readonly docs: DocComment
  /** Whether the contract itself has a type of this name, so that there is nothing left to declare. */
  readonly isShared: boolean
}

/** What a member of a room shows. */
export interface PresenceModel extends MessageModel {
  readonly place: Place
}

/** A request: `shape` is what the handler receives, `sent` what the client passes. */
export interface RequestModel extends MessageModel {
  readonly sent: Shape
  /** Whether it has no properties, so that the client's method takes no request at all. */
  readonly isEmpty: boolean
  /** Whether the client may leave all of it out. */
  readonly isOptional: boolean
  /** Properties that the client's method takes as arguments. */
  readonly params: readonly ParamModel[]
  /** The other properties, taken as an object behind `params`; absent when there are none, or no `params`. */
  readonly rest?: RestModel
}

/** A positional argument of the client's method. */
export interface ParamModel {
  /** Property of the request. */
  readonly property: string
  /** Name of the argument. */
  readonly argument: string
  readonly shape: Shape
  readonly isOptional: boolean
  readonly docs: DocComment
}

/** The properties of a request that are not positional arguments. */
export interface RestModel {
  readonly typeName: string
  readonly shape: Shape
  readonly isOptional: boolean
}

/** An error of a command. */
export interface ErrorModel {
  readonly name: string
  readonly status: number
  readonly docs: DocComment
  readonly data: MessageModel
}

/** A push of a {@link Model}. */
export interface PushModel extends Named {
  readonly docs: DocComment
  readonly place: Place
  readonly data: MessageModel
}

/** A model, and what was wrong with the names that it had to choose. */
export interface BuiltModel {
  readonly model: Model
  readonly problems: readonly ContractProblem[]
}
