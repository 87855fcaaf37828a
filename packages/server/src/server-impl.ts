import type { Server as HttpServer } from 'node:http'
import { CALL_TIMEOUT_MS, CLOSE, RETRY_AFTER_MS, retryAfterReason } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { OpenApi } from './api-types.ts'
import { checkNumber, DELAY_RANGE } from './check-options.ts'
import type { Adapter } from './connection/adapter.ts'
import {
  createUpgradeServer,
  type ListenAddress,
  type ListenOptions,
  listen,
  stopListening,
} from './connection/listen.ts'
import { type PlaygroundOptions, servePlayground } from './connection/serve-playground.ts'
import { UpgradeGate } from './connection/upgrade-gate.ts'
import { createExtensions, type Extensions } from './extensions/extensions.ts'
import { Reporter } from './observer/reporter.ts'
import { Audiences } from './push/audiences.ts'
import type { Broker, PresenceChange } from './push/broker.ts'
import { Memberships } from './push/memberships.ts'
import { Peers } from './push/peers.ts'
import { Pushes } from './push/pushes.ts'
import type { CommandHandler, Middleware, Routes } from './request/handler.ts'
import type { RoomAudience, SessionAnywhere } from './request/hub.ts'
import { Requests } from './request/requests.ts'
import { Router } from './request/router.ts'
import { Streams } from './request/streams.ts'
import type { AttachOptions, CloseOptions, Server, ServerOptions } from './server-types.ts'
import { Departures } from './session/departures.ts'
import type { LiveSession } from './session/live-session.ts'
import { createRelief } from './session/relief.ts'
import type { Session } from './session/session.ts'
import { type Disconnect, Sessions } from './session/sessions.ts'
import { resolveSettings, type Settings } from './settings.ts'
import { httpAdapter } from './ws/http-adapter.ts'

/** The parts of a server, put together. */
export class ServerImpl implements Server<OpenApi> {
  readonly #router: Router
  readonly #reporter: Reporter
  readonly #sessions: Sessions
  readonly #requests: Requests
  readonly #pushes: Pushes
  readonly #memberships: Memberships
  readonly #peers: Peers | undefined
  readonly #audiences: Audiences
  readonly #gate: UpgradeGate
  readonly #contract: Contract
  readonly #settings: Settings
  readonly #releases: (() => void | Promise<void>)[] = []
  #closing: Promise<void> | undefined

  constructor(contract: Contract, options: ServerOptions<OpenApi>) {
    const settings = resolveSettings(options)
    const { extensions, authenticate } = settings
    const reporter = new Reporter(settings.logger, settings.observers, settings.clock)
    this.#contract = contract
    this.#settings = settings
    this.#reporter = reporter
    if (!extensions && contract.commands.some(({ stream }) => stream !== undefined)) {
      throw new TypeError('streams need extensions: credit comes in a reserved command')
    }
    const streams = new Streams({ ...settings, reporter })
    this.#router = new Router(contract, streams)
    this.#sessions = new Sessions({
      ...settings,
      reporter,
      acceptsAll: authenticate === undefined,
      received: (session, payload, bytes) => this.#requests.receive(session, payload, bytes),
      drained: (session) => streams.wake(session),
      push: (session, name, data) => this.#pushes.toSession(session, name, data),
      requestAuth: (session) => extensions && this.#pushes.requestAuth(session),
      began: (session) => this.#peers?.began(session),
      ended: (session) => {
        this.#requests.abandon(session)
        this.#peers?.ended(session)
      },
      gapMessage: (gap) => this.#pushes.gapMessage(gap),
      relief: createRelief(contract, { ...settings, ...settings.limits, reporter }),
      rooms: {
        joined: (session, room, kind) => this.#memberships.joined(session, room, kind),
        left: (session, room, isLast) => this.#memberships.left(session, room, isLast),
        shown: (value) => this.#memberships.shown(value),
      },
    })
    this.#memberships = new Memberships({
      contract,
      rooms: () => this.#sessions.rooms,
      peers: () => this.#peers,
      failed: (error) => reporter.failed({ kind: 'listener_threw', error }),
    })
    const { broker } = settings
    this.#pushes = new Pushes({
      ...settings,
      contract,
      reporter,
      sessions: this.#sessions,
      toOthers: broker === undefined ? undefined : (delivery) => this.#peers?.publish(delivery),
    })
    this.#peers = broker === undefined ? undefined : this.#join(broker)
    this.#audiences = new Audiences({
      pushes: this.#pushes,
      sessions: this.#sessions,
      memberships: this.#memberships,
      peers: this.#peers,
    })
    this.#gate = new UpgradeGate({
      ...settings,
      reporter,
      connectionCounts: this.#sessions.connectionCounts,
      accept: (upgrade) => upgrade.accept((connection) => this.#sessions.begin(connection)),
    })
    this.#requests = new Requests({
      ...settings,
      reporter,
      hub: this,
      hearsDeadlines: extensions,
      router: this.#router,
      streams,
      extensions: extensions ? this.#createExtensions(contract, settings) : undefined,
    })
    for (const [cmd, handler] of Object.entries(settings.handlers ?? {})) this.handle(cmd, handler)
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
    return this.#audiences.push(sid, name, data)
  }

  broadcast(name: string, data: unknown): void {
    this.#pushes.publish({ kind: 'everyone' }, name, data)
  }

  to(room: string): RoomAudience<OpenApi> {
    return this.#audiences.room(room)
  }

  session(sid: string): SessionAnywhere<OpenApi> {
    return this.#audiences.session(sid)
  }

  onConnect(listener: (session: Session<OpenApi>) => unknown): () => void {
    return this.#sessions.connected.add(listener)
  }

  onLinkLost(listener: (session: Session<OpenApi>, disconnect: Disconnect) => unknown): () => void {
    return this.#sessions.linkLost.add(listener)
  }

  onResumed(listener: (session: Session<OpenApi>) => unknown): () => void {
    return this.#sessions.resumed.add(listener)
  }

  onDisconnect(listener: (session: Session<OpenApi>, disconnect: Disconnect) => unknown): () => void {
    return this.#sessions.disconnected.add(listener)
  }

  onPresence(listener: (change: PresenceChange) => unknown): () => void {
    return this.#memberships.changed.add(listener)
  }

  attach(source: HttpServer | Adapter, { path = '/', playground }: AttachOptions = {}): void {
    if (this.#closing !== undefined) throw new Error('the server is closed')
    if (playground !== undefined) this.#servePlayground(source, path, playground)
    const { transport, limits, heartbeatTimeoutMs } = this.#settings
    const adapter = 'open' in source ? source : httpAdapter(source, transport)
    const options = { path, heartbeatTimeoutMs, maxMessageBytes: limits.maxMessageBytes }
    this.#releases.push(adapter.open(options, (upgrade) => this.#gate.decide(upgrade)))
  }

  async listen(port: number, options: ListenOptions = {}): Promise<ListenAddress> {
    const httpServer = createUpgradeServer(options, (remoteAddress, value) =>
      this.#reporter.limitReached({ limit: 'handshakeTimeoutMs', value, remoteAddress }),
    )
    this.attach(httpServer, options)
    const address = await listen(httpServer, port, options)
    // Closed meanwhile: nothing would ever give the port back.
    if (this.#closing !== undefined) {
      await stopListening(httpServer)
      throw new Error('the server is closed')
    }
    httpServer.on('error', (error) => this.#reporter.failed({ kind: 'accept_failed', error }))
    this.#releases.push(() => stopListening(httpServer))
    return address
  }

  get isClosing(): boolean {
    return this.#closing !== undefined
  }

  close({ drainMs = CALL_TIMEOUT_MS, spreadMs = 0, retryAfterMs }: CloseOptions = {}): Promise<void> {
    checkNumber('drainMs', drainMs, DELAY_RANGE)
    checkNumber('spreadMs', spreadMs, DELAY_RANGE)
    if (retryAfterMs !== undefined) checkNumber('retryAfterMs', retryAfterMs, DELAY_RANGE)
    this.#closing ??= this.#close({ drainMs, spreadMs, retryAfterMs })
    return this.#closing
  }

  #servePlayground(source: HttpServer | Adapter, url: string, options: string | PlaygroundOptions): void {
    if ('open' in source) throw new TypeError('playground needs an HTTP server of Node')
    const failed = (error: unknown): void =>
      this.#settings.logger.error({ err: error }, 'the playground cannot be served')
    this.#releases.push(servePlayground(source, options, { url, contract: this.#contract, failed }))
  }

  #join(broker: Broker): Peers {
    return new Peers({
      broker,
      reporter: this.#reporter,
      sessions: this.#sessions,
      presence: this.#memberships.changed,
      deliver: (delivery) => this.#pushes.deliver(delivery),
      lost: (loss) => this.#pushes.lost(loss),
    })
  }

  #createExtensions(
    { hashes, changedSince = {} }: Contract,
    { authenticate, heartbeatTimeoutMs, limits }: Settings,
  ): Extensions {
    return createExtensions({
      authenticate,
      facts: {
        hashes,
        changedSince: new Map(Object.entries(changedSince)),
        heartbeatTimeoutMs,
        maxMessageBytes: limits.maxMessageBytes,
        maxInFlight: limits.maxInFlight,
      },
      resumption: this.#sessions.resumption,
      reachable: (session) => this.#peers?.reachable(session),
      answer: (context) => this.#requests.answer(context),
      flush: (session) => this.#sessions.flush(session),
      cancel: (session, seqno) => this.#requests.cancel(session, seqno),
    })
  }

  async #close({ drainMs, spreadMs, retryAfterMs }: Closing): Promise<void> {
    const refusedForMs = retryAfterMs ?? RETRY_AFTER_MS
    const reason = retryAfterMs === undefined ? 'the server is shutting down' : retryAfterReason(retryAfterMs)
    this.#gate.close(refusedForMs)
    this.#sessions.isClosing = true
    if (spreadMs > 0) {
      const departures = new Departures({
        ...this.#settings,
        sessions: this.#sessions.open.values(),
        spreadMs,
        drainMs,
        ask: (session) => this.#pushes.goAway(session, drainMs),
        end: (session) => this.#sessions.end(session, CLOSE.service_restart, reason),
      })
      this.#requests.refuse(refusedForMs, (session) => departures.refuses(session))
      await departures.run()
    }
    this.#requests.refuse(refusedForMs)
    await this.#drain(drainMs)
    const gone = this.#sessions.endAll(CLOSE.service_restart, reason)
    await Promise.all([gone, ...this.#releases.map((release) => release())])
    await this.#peers?.close()
  }

  #drain(drainMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#settings.clock.setTimeout(resolve, drainMs)
      void this.#requests.drain().then(() => {
        this.#settings.clock.clearTimeout(timer)
        resolve()
      })
    })
  }
}

/** {@link CloseOptions} with their defaults. */
interface Closing extends Required<Pick<CloseOptions, 'drainMs' | 'spreadMs'>> {
  readonly retryAfterMs: number | undefined
}
