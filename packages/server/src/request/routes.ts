import type { ApiShape, CommandName } from '../api-types.ts'
import type { CommandHandler, Middleware } from './handler.ts'

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
