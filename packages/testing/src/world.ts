import type { ClientState } from '@wsrv/client'
import type { Logger, ServerTransport } from '@wsrv/server'
import { FakeClock } from './fake-clock.ts'
import { assertNoLeaks } from './leaks.ts'
import { MemoryNetwork } from './memory-network.ts'
import type { MemoryTransport } from './memory-transport.ts'
import { silentLogger } from './silent-logger.ts'

/** What a {@link World} passes to every server that it starts. */
export interface WorldServerOptions {
  readonly clock: FakeClock
  readonly transport: ServerTransport
  readonly logger: Logger
}

/** What a {@link World} passes to every client that it connects. */
export interface WorldClientOptions {
  readonly clock: FakeClock
  readonly transport: MemoryTransport
}

/** What a {@link World} needs of a server. */
export interface WorldServer {
  attach(source: MemoryNetwork['httpServer'], options: { readonly path: string }): void
  close(options: { readonly drainMs: number }): Promise<void>
}

/** What a {@link World} needs of a client. */
export interface WorldClient {
  readonly state: ClientState
  close(): void
}

/** How a world's servers and clients are made: by the functions that `wsrv codegen` wrote. */
export interface WorldOptions<Server extends WorldServer, Client extends WorldClient> {
  readonly server: (options: WorldServerOptions) => Server
  readonly client: (url: string, options: WorldClientOptions) => Client
}

/**
 * An application in one process for its tests: its real server and real clients, without a port and without real time.
 *
 * ```ts
 * const world = new World({
 *   server: (options) => createServer({ handlers, ...options }),
 *   client: (url, options) => createClient(url, options),
 * })
 * const client = world.connect()
 * await world.settle()
 * await world.restart()
 * await world.close()
 * ```
 */
export class World<Server extends WorldServer, Client extends WorldClient> {
  readonly clock: FakeClock = new FakeClock()
  readonly network: MemoryNetwork = new MemoryNetwork()
  readonly clients: Client[] = []
  readonly #options: WorldOptions<Server, Client>
  #server: Server

  constructor(options: WorldOptions<Server, Client>) {
    this.#options = options
    this.#server = this.#start()
  }

  /** The server that runs now: another one after {@link restart}. */
  get server(): Server {
    return this.#server
  }

  /** Makes a client; it connects as clients do, by the next {@link settle} or {@link advance}. */
  connect(): Client {
    const { clock, network } = this
    const client = this.#options.client(URL, { clock, transport: network.clientTransport })
    this.clients.push(client)
    return client
  }

  /** Lets everything happen that needs no time: calls, answers, pushes, closes. */
  settle(): Promise<void> {
    return this.clock.settle()
  }

  /** Moves time on by `ms`, and lets everything happen that it brings. */
  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms)
    await this.settle()
  }

  /**
   * Replaces the server by a new one, as a deployment does: sessions and rooms are gone, clients come back as their delays are
   * over.
   */
  async restart(): Promise<void> {
    await this.#stop()
    this.#server = this.#start()
  }

  /**
   * Closes every client and the server.
   *
   * @throws Error that counts what is left: timers, connections.
   */
  async close(): Promise<void> {
    for (const client of this.clients) client.close()
    await this.settle()
    await this.#stop()
    assertNoLeaks({ clock: this.clock, transport: this.network.clientTransport })
  }

  #start(): Server {
    const { clock, network } = this
    const server = this.#options.server({ clock, transport: network.serverTransport, logger: silentLogger })
    server.attach(network.httpServer, { path: PATH })
    return server
  }

  async #stop(): Promise<void> {
    const closed = this.#server.close({ drainMs: 0 })
    await this.settle()
    await closed
    await this.settle()
  }
}

const PATH = '/ws'
const URL = `ws://memory${PATH}`
