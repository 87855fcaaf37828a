import type { Server as HttpServer } from 'node:http'
import {
  CALL_TIMEOUT_MS,
  CLOSE,
  type Clock,
  HANDLER_TIMEOUT_MS,
  HEARTBEAT_TIMEOUT_MS,
  jsonCodec,
  STATUS,
  systemClock,
} from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { OpenApi } from './api-types.ts'
import { consoleLogger } from './console-logger.ts'
import type { CommandHandler, Middleware } from './handler.ts'
import type { Audience } from './hub.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { createUpgradeServer, type ListenAddress, type ListenOptions, listen, stopListening } from './listen.ts'
import type { LiveSession } from './live-session.ts'
import { createLocalBroker } from './local-broker.ts'
import { type AllowedOrigins, isOriginAllowed } from './origin.ts'
import { Pushes } from './pushes.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { Reporter } from './reporter.ts'
import { Requests } from './requests.ts'
import { Router } from './router.ts'
import type { Routes } from './routes.ts'
import type { AttachOptions, CloseOptions, Server, ServerOptions } from './server.ts'
import type { Session } from './session.ts'
import { type Disconnect, Sessions } from './sessions.ts'
import type { ServerTransport, Upgrade } from './transport.ts'
import { takeUpgrades } from './upgrade-paths.ts'
import { createWsTransport } from './ws-transport.ts'

/** The parts of a server, put together. */
export class ContractServer implements Server<OpenApi> {
  readonly #router: Router
  readonly #reporter: Reporter
  readonly #sessions: Sessions
  readonly #requests: Requests
  readonly #pushes: Pushes
  readonly #transport: ServerTransport
  readonly #allowedOrigins: AllowedOrigins
  readonly #clock: Clock
  readonly #releases: (() => void | Promise<void>)[] = []
  #closing: Promise<void> | undefined

  constructor(contract: Contract, options: ServerOptions<OpenApi>) {
    const { clock = systemClock, codec = jsonCodec, random = Math.random } = options
    const limits = { ...DEFAULT_LIMITS, ...options.limits }
    const reporter = new Reporter(options.logger ?? consoleLogger, options.observer ?? {})
    this.#clock = clock
    this.#reporter = reporter
    this.#allowedOrigins = options.allowedOrigins ?? 'same-origin'
    this.#transport = options.transport ?? createWsTransport(limits)
    this.#router = new Router(contract)
    this.#sessions = new Sessions({
      clock,
      limits,
      reporter,
      heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? HEARTBEAT_TIMEOUT_MS,
      received: (session, payload, bytes) => this.#requests.receive(session, payload, bytes),
      push: (session, name, data) => this.#pushes.toSession(session, name, data),
      ended: (session) => this.#requests.abandon(session),
    })
    this.#pushes = new Pushes({
      contract,
      codec,
      random,
      reporter,
      isBinary: options.messageType === 'binary',
      broker: options.broker ?? createLocalBroker(),
      sessions: this.#sessions,
    })
    this.#requests = new Requests({
      clock,
      codec,
      limits,
      reporter,
      router: this.#router,
      hub: this,
      handlerTimeoutMs: options.handlerTimeoutMs ?? HANDLER_TIMEOUT_MS,
      outbox: this.#sessions.outbox,
    })
    for (const [cmd, handler] of Object.entries(options.handlers ?? {})) this.handle(cmd, handler)
  }

  get sessions(): ReadonlyMap<string, LiveSession> {
    return this.#sessions.open
  }

  use(...middleware: readonly Middleware<OpenApi>[]): this {
    this.#router.root.use(...middleware)
    return this
  }

  group(...middleware: readonly Middleware<OpenApi>[]): Routes<OpenApi> {
    return this.#router.root.group(...middleware)
  }

  handle(cmd: string, ...chain: readonly [...Middleware<OpenApi>[], CommandHandler<OpenApi, string>]): this {
    this.#router.root.handle(cmd, ...chain)
    return this
  }

  push(sid: string, name: string, data: unknown): boolean {
    const session = this.#sessions.open.get(sid)
    if (session !== undefined) return session.push(name, data)
    this.#pushes.publish({ kind: 'session', sid }, name, data)
    return false
  }

  broadcast(name: string, data: unknown): void {
    this.#pushes.publish({ kind: 'everyone' }, name, data)
  }

  to(room: string): Audience<OpenApi> {
    return { push: (name, data) => this.#pushes.publish({ kind: 'room', room }, name, data) }
  }

  onConnect(listener: (session: Session<OpenApi>) => unknown): () => void {
    return this.#sessions.connected.add(listener)
  }

  onDisconnect(listener: (session: Session<OpenApi>, disconnect: Disconnect) => unknown): () => void {
    return this.#sessions.disconnected.add(listener)
  }

  attach(httpServer: HttpServer, { path = '/' }: AttachOptions = {}): void {
    if (this.#closing !== undefined) throw new Error('the server is closed')
    this.#releases.push(takeUpgrades(httpServer, path, (upgrade) => this.#upgrade(upgrade)))
  }

  async listen(port: number, options: ListenOptions = {}): Promise<ListenAddress> {
    const httpServer = createUpgradeServer()
    this.attach(httpServer, options)
    const address = await listen(httpServer, port, options)
    httpServer.on('error', (error) => this.#reporter.failed({ kind: 'accept_failed', error }))
    this.#releases.push(() => stopListening(httpServer))
    return address
  }

  close({ drainMs = CALL_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(drainMs)
    return this.#closing
  }

  #upgrade(upgrade: Upgrade): void {
    if (this.#closing !== undefined) refuseUpgrade(upgrade.socket, STATUS.unavailable)
    else if (!this.#isOriginAllowed(upgrade)) refuseUpgrade(upgrade.socket, STATUS.forbidden)
    else this.#transport.upgrade(upgrade, (connection) => this.#sessions.begin(connection))
  }

  #isOriginAllowed({ request }: Upgrade): boolean {
    try {
      return isOriginAllowed(this.#allowedOrigins, request)
    } catch (error) {
      this.#reporter.failed({ kind: 'origin_check_threw', error })
      return false
    }
  }

  async #close(drainMs: number): Promise<void> {
    await this.#drain(drainMs)
    const gone = this.#sessions.endAll(CLOSE.going_away, 'the server is shutting down')
    await Promise.all([gone, ...this.#releases.map((release) => release())])
    this.#pushes.close()
  }

  #drain(drainMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, drainMs)
      void this.#requests.drain().then(() => {
        this.#clock.clearTimeout(timer)
        resolve()
      })
    })
  }
}
