import type { ApiShape, CommandName, ItemOf, ResponseOf } from '../api-types.ts'
import type { Context, Reply } from './context.ts'

/**
 * Serves one command: returns its response's data, or what `c.ok`, `c.error` or `c.abort` returned. What it throws becomes 500.
 *
 * Properties that the response's schema does not declare are not sent, unless it says `additionalProperties: true`.
 *
 * That of a stream is an `async function*`: it yields items, each when its reader has room, and returns what any handler may.
 * When the reader breaks off, or its time is over, `c.signal` fires and the generator's `return()` is called: its `finally` runs
 * at the `yield` where it stands, or at the next that it comes to.
 */
export type CommandHandler<Api extends ApiShape, Cmd extends CommandName<Api>> = (
  c: Context<Api, Cmd>,
) => Served<ItemOf<Api, Cmd>, ResponseOf<Api, Cmd> | Reply>

/** What a handler returns: its answer, or the items of a stream with the answer at their end. */
export type Served<Item, Answer> = [Item] extends [never]
  ? Answer | Promise<Answer>
  : AsyncGenerator<Item, Answer, undefined>

/** A handler for every command of the contract. */
export type HandlersOf<Api extends ApiShape> = {
  readonly [Cmd in CommandName<Api>]: CommandHandler<Api, Cmd>
}

/**
 * Runs around handlers. What it returns is awaited and otherwise ignored; not calling `next` stops the chain, and a
 * chain that ends without an answer is answered with 500.
 */
export type Middleware<Api extends ApiShape> = (c: Context<Api>, next: Next) => unknown

/**
 * Runs the rest of the chain. Resolves when the rest has ended and never rejects: what was thrown there has become the
 * answer, to be read from `c.status`. Does nothing when the request already has its answer.
 *
 * @throws Error when called twice.
 */
export type Next = () => Promise<void>

/** A place to put middleware and handlers: the server itself, or a group of its commands. */
export interface Routes<Api extends ApiShape> {
  /** Adds middleware around every command of this place and of the groups in it, whenever they are added. */
  use(...middleware: readonly Middleware<Api>[]): this
  /** A place inside this one, with middleware of its own. */
  group(...middleware: readonly Middleware<Api>[]): Routes<Api>
  /**
   * Serves a command, with middleware of its own.
   *
   * @throws Error when the contract has no such command, or the command has its handler already.
   */
  handle<Cmd extends CommandName<Api>>(
    cmd: Cmd,
    ...chain: readonly [...middleware: Middleware<Api>[], handler: CommandHandler<Api, Cmd>]
  ): this
}
