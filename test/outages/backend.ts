import type { Transport } from '@wsrv/client'
import { createServer, type Server } from '@wsrv/server'
import { type FakeClock, MemoryNetwork, silentLogger } from '@wsrv/testing'

/** The commands that clients of an outage call: `again` is idempotent, `once` is not. */
interface Api {
  commands: Record<'once' | 'again', { request: { id: number }; response: { id: number }; errors: object }>
  pushes: object
  session: object
}

const withId = { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }
const commands = ['once', 'again'].map((cmd) => ({
  cmd,
  request: withId,
  response: withId,
  errors: {},
  idempotent: cmd === 'again',
}))

/** What a {@link Backend} runs on. */
export interface BackendOptions {
  readonly clock: FakeClock
  /** Time that the handler of a call takes, in ms. */
  readonly handlerMs: (id: number) => number
}

/** One process of the server. */
interface Process {
  readonly server: Server<Api>
  readonly network: MemoryNetwork
  /** Begun handlers, by the call's id. */
  readonly runs: Map<number, number>
}

/** A real server behind one address: it can crash, drain, be away, and be replaced. */
export class Backend implements Transport {
  readonly #options: BackendOptions
  readonly #processes: Process[] = []
  #listening: Process | undefined

  constructor(options: BackendOptions) {
    this.#options = options
    this.start()
  }

  /** The process that was stopped last takes connections again. */
  restore(): void {
    this.#listening = this.#processes.at(-1)
  }

  /** Starts a process, which takes every connection from now on. */
  start(): void {
    const { clock, handlerMs } = this.#options
    const network = new MemoryNetwork()
    const options = { clock, logger: silentLogger, transport: network.serverTransport }
    const server = createServer<Api>({ commands, pushes: [], types: {} }, options)
    const process: Process = { server, network, runs: new Map() }
    for (const cmd of ['once', 'again'] as const) {
      server.handle(cmd, async ({ data: { id } }) => {
        process.runs.set(id, (process.runs.get(id) ?? 0) + 1)
        await new Promise<void>((resolve) => clock.setTimeout(resolve, handlerMs(id)))
        return { id }
      })
    }
    server.attach(network.httpServer)
    this.#listening = process
    this.#processes.push(process)
  }

  /** Every connection from now on is refused. */
  stop(): void {
    this.#listening = undefined
  }

  /** The process that listens lets what runs end, refuses the rest, and ends. */
  async drain(): Promise<void> {
    await this.#listening?.server.close()
  }

  /** Ends every process. */
  async close(): Promise<void> {
    await Promise.all(this.#processes.map(({ server }) => server.close({ drainMs: 0 })))
  }

  /** How often a call's handler began: at most within one process, and in all. */
  runsOf(id: number): { readonly most: number; readonly all: number } {
    const runs = this.#processes.map((process) => process.runs.get(id) ?? 0)
    return { most: Math.max(...runs), all: runs.reduce((sum, count) => sum + count, 0) }
  }

  /** One per process. */
  get networks(): readonly MemoryNetwork[] {
    return this.#processes.map(({ network }) => network)
  }

  connect(...[url, events]: Parameters<Transport['connect']>): ReturnType<Transport['connect']> {
    const process = this.#listening
    if (process !== undefined) return process.network.clientTransport.connect(url, events)
    queueMicrotask(() => events.closed({ code: 1006, reason: 'connection refused' }))
    return { send: () => false, close: () => {}, terminate: () => {} }
  }
}
