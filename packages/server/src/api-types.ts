/** A contract's types as the generator writes them; the one type parameter of everything here. */
export interface ApiShape {
  /** By `cmd`: `{ request, response, errors }`. */
  readonly commands: object
  /** By push name: its data. */
  readonly pushes: object
  /** What handlers keep with a session, by key. */
  readonly session: object
}

/** A contract of which nothing is known at compile time: what the runtime itself works with. */
export interface OpenApi {
  readonly commands: Readonly<Record<string, OpenCommand>>
  readonly pushes: Readonly<Record<string, unknown>>
  readonly session: Readonly<Record<string, unknown>>
  readonly context: object
  readonly presence: unknown
}

/** A command of an {@link OpenApi}. */
export interface OpenCommand {
  readonly request: unknown
  readonly response: unknown
  readonly errors: Readonly<Record<string, unknown>>
}

/** What handlers work with, as the application declares it; an object without members when it declares nothing. */
export type ContextOf<Api extends ApiShape> = Api extends { readonly context: infer Value }
  ? Value
  : Record<never, never>

/** What a session shows in a room, by the contract; any object when the contract does not say. */
export type PresenceOf<Api extends ApiShape> = Api extends { readonly presence: infer Value } ? Value : object

/** What a member of a room shows: all of {@link PresenceOf}, or nothing. */
export type ShownOf<Api extends ApiShape> = Api extends { readonly presence: infer Value }
  ? unknown extends Value
    ? unknown
    : Partial<Value>
  : object

/** Every `cmd` of a contract. */
export type CommandName<Api extends ApiShape> = Extract<keyof Api['commands'], string>

/** Every push name of a contract. */
export type PushName<Api extends ApiShape> = Extract<keyof Api['pushes'], string>

/** Every key of a session's values. */
export type SessionKey<Api extends ApiShape> = Extract<keyof Api['session'], string>

/** A command's request data, checked and with its defaults filled in. */
export type RequestOf<Api extends ApiShape, Cmd extends CommandName<Api>> = Api['commands'][Cmd] extends {
  readonly request: infer Data
}
  ? Data
  : never

/** A command's response data. */
export type ResponseOf<Api extends ApiShape, Cmd extends CommandName<Api>> = Api['commands'][Cmd] extends {
  readonly response: infer Data
}
  ? Data
  : never

/** What a stream yields; `never` of a command that is not one. */
export type ItemOf<Api extends ApiShape, Cmd extends CommandName<Api>> = Api['commands'][Cmd] extends {
  readonly stream: infer Item
}
  ? Item
  : never

/** A command's errors: their data by name. */
export type ErrorsOf<Api extends ApiShape, Cmd extends CommandName<Api>> = Api['commands'][Cmd] extends {
  readonly errors: infer Errors
}
  ? Errors
  : never
