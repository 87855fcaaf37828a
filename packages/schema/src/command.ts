import type { JsonSchema, PropertyName } from './json-schema.ts'

/** One error that a command may answer with, under its name in `errors`. */
export interface ErrorSpec {
  /** Status on the wire: an integer of 1000 or more, unique within the command. */
  readonly status: number
  /** What it means; becomes the error's `msg` unless the handler says more. */
  readonly description?: string
  /** The error's `data`; an empty object when left out. */
  readonly data?: JsonSchema
}

/** How much of its server a command takes. */
export interface RateLimitSpec {
  /** What one request takes from its session's requests per second: an integer, 1 when left out, 0 is free. */
  readonly cost: number
}

/** How a command is declared. PROTOCOL.md §Request and §Response. */
export interface CommandSpec<Request extends JsonSchema = JsonSchema> {
  /** What it does; flows into everything generated. */
  readonly description?: string
  /**
   * Name on the wire; the export's name in snake_case when left out. Dots nest in the client:
   * `chat.join` becomes `client.chat.join()`. May not begin with `$`.
   */
  readonly cmd?: string
  /**
   * What it was called before, or all that it was called: the server answers to these names too, so that clients which were
   * deployed before a renaming live on. The generator renames its handler.
   */
  readonly renamedFrom?: string | readonly string[]
  /** The request's `data`, an object schema; no properties when left out. */
  readonly request?: Request
  /** Properties of the request that become positional arguments, in order: `['uid']` makes it `client.register(uid)`. */
  readonly params?: readonly PropertyName<Request>[]
  /** The response's `data`; an empty object when left out. */
  readonly response?: JsonSchema
  /**
   * One item, when the command is a stream: its handler yields such items before it returns the response. Given even as an
   * empty schema, the command is a stream.
   */
  readonly stream?: JsonSchema
  /** Errors that the command may answer with, by name. */
  readonly errors?: Readonly<Record<string, ErrorSpec>>
  /** Whether the request may be sent again after a lost connection; of a stream, only before its first item. Default `false`. */
  readonly idempotent?: boolean
  /**
   * Time a call and its handler may take, in ms, a stream until its first item. Default: the client's and the server's own; no
   * limit of the server's for a stream.
   */
  readonly timeoutMs?: number
  /** What a request counts against the server's `maxRequestsPerSecond`. Default: one request. */
  readonly rateLimit?: RateLimitSpec
  /** Why not to use it any more, and what to use; flows into docs and editors, and a client warns at its first call. */
  readonly deprecated?: string
}

/** A declared command: what a schema file exports. */
export interface CommandDefinition<Request extends JsonSchema = JsonSchema> {
  readonly kind: 'command'
  readonly spec: CommandSpec<Request>
}

/** Declares a command. Its checks run when the contract is built, where the export's name is known: see {@link buildContract}. */
export function command<const Request extends JsonSchema = JsonSchema>(
  spec: CommandSpec<Request>,
): CommandDefinition<Request> {
  return { kind: 'command', spec }
}

/** The former names of a declared command, as they were written. */
export function formerNames({ renamedFrom = [] }: Pick<CommandSpec, 'renamedFrom'>): readonly string[] {
  return [renamedFrom].flat()
}
