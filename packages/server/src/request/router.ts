import { describe } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { OpenApi } from '../api-types.ts'
import { type CommandChecks, createCommandChecks } from './command-checks.ts'
import { compose, type Dispatch } from './compose.ts'
import type { CommandHandler, Middleware, Routes } from './handler.ts'
import type { RequestContext } from './request-context.ts'
import type { Streams } from './streams.ts'

/** A command that has its handler. */
export interface Route {
  readonly checks: CommandChecks
  readonly run: Dispatch
}

/** Which handler serves which command, with the middleware around it. Commands are looked up in maps only: their names come from the wire. */
export class Router {
  /** The place of the server itself. */
  readonly root: Routes<OpenApi> = new RouteScope(this, undefined)
  readonly #commands: ReadonlyMap<string, CommandChecks>
  readonly #handlers = new Map<string, () => Dispatch>()
  readonly #routes = new Map<string, Route>()
  /** By former name, the name that a command has now. */
  readonly #renamed: ReadonlyMap<string, string>

  readonly #streams: Streams

  constructor(contract: Contract, streams: Streams) {
    this.#streams = streams
    this.#commands = new Map(contract.commands.map((command) => [command.cmd, createCommandChecks(command, contract)]))
    this.#renamed = new Map(
      contract.commands.flatMap(({ cmd, renamedFrom = [] }) => renamedFrom.map((former) => [former, cmd])),
    )
  }

  /** The route of a command, by its name or a former one; `undefined` when it has no handler. */
  find(cmd: string): Route | undefined {
    return this.#routes.get(cmd) ?? this.#build(cmd)
  }

  /** Registers a handler; `buildChain` composes it with the middleware registered so far. */
  add(cmd: string, buildChain: () => Dispatch): void {
    if (!this.#commands.has(cmd)) throw new Error(`the contract has no command ${describe(cmd)}`)
    if (this.#handlers.has(cmd)) throw new Error(`command ${describe(cmd)} has its handler already`)
    this.#handlers.set(cmd, buildChain)
  }

  /** What runs at the core of a command's chain: its handler, which of a stream yields items first. */
  coreOf(cmd: string, handler: OpenHandler): (c: RequestContext) => unknown {
    const item = this.#commands.get(cmd)?.item
    return item === undefined ? handler : this.#streams.serve(item, handler)
  }

  /** Forgets built chains: middleware was added that goes around them. */
  rebuild(): void {
    this.#routes.clear()
  }

  #build(asked: string): Route | undefined {
    const cmd = this.#renamed.get(asked) ?? asked
    const checks = this.#commands.get(cmd)
    const run = this.#handlers.get(cmd)?.()
    if (checks === undefined || run === undefined) return undefined
    const route = { checks, run }
    this.#routes.set(asked, route)
    return route
  }
}

type OpenMiddleware = Middleware<OpenApi>
type OpenHandler = CommandHandler<OpenApi, string>

/** The server's own place, or a group's. */
class RouteScope implements Routes<OpenApi> {
  readonly #router: Router
  readonly #parent: RouteScope | undefined
  readonly #middleware: OpenMiddleware[] = []

  constructor(router: Router, parent: RouteScope | undefined) {
    this.#router = router
    this.#parent = parent
  }

  use(...middleware: readonly OpenMiddleware[]): this {
    this.#middleware.push(...middleware)
    this.#router.rebuild()
    return this
  }

  group(...middleware: readonly OpenMiddleware[]): Routes<OpenApi> {
    return new RouteScope(this.#router, this).use(...middleware)
  }

  handle(cmd: string, ...chain: readonly [...middleware: OpenMiddleware[], handler: OpenHandler]): this {
    const middleware = chain.slice(0, -1) as OpenMiddleware[]
    const handler = chain.at(-1)
    if (typeof handler !== 'function')
      throw new TypeError(`command ${describe(cmd)} needs a handler, got ${describe(handler)}`)
    this.#router.add(cmd, () =>
      compose([...this.#around(), ...middleware], this.#router.coreOf(cmd, handler as OpenHandler)),
    )
    return this
  }

  #around(): readonly OpenMiddleware[] {
    return this.#parent === undefined ? this.#middleware : [...this.#parent.#around(), ...this.#middleware]
  }
}
