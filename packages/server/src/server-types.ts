import type { Server as HttpServer } from 'node:http'
import type { Clock, Codec } from '@wsrv/protocol'
import type { ApiShape, ContextOf } from './api-types.ts'
import type { Adapter } from './connection/adapter.ts'
import type { ListenAddress, ListenOptions } from './connection/listen.ts'
import type { AllowedOrigins } from './connection/origin.ts'
import type { PlaygroundOptions } from './connection/serve-playground.ts'
import type { ServerTransport } from './connection/transport.ts'
import type { AuthorizeUpgrade } from './connection/upgrade-gate.ts'
import type { Authenticate } from './extensions/authentication.ts'
import type { Limits } from './limits.ts'
import type { Logger } from './observer/logger.ts'
import type { Observer } from './observer/observer.ts'
import type { Broker, PresenceChange } from './push/broker.ts'
import type { HandlersOf, Routes } from './request/handler.ts'
import type { Hub } from './request/hub.ts'
import type { Session } from './session/session.ts'
import type { SessionLimits } from './session/session-limits.ts'
import type { Disconnect } from './session/sessions.ts'

/** How a server behaves; everything has a default. */
export interface ServerOptions<Api extends ApiShape> {
  /** Every command's handler. Left out, commands get theirs by `handle`; one that has none is answered with -1. */
  readonly handlers?: HandlersOf<Api>
  /**
   * What handlers and middleware work with, a database for one: `c.context` is this very object. Required when `handlers/context.ts`
   * declares a required member. Default `{}`.
   */
  readonly context?: ContextOf<Api>
  /** Frame type of pushes; replies have their request's. Default `'text'`. */
  readonly messageType?: 'text' | 'binary'
  /** Which web pages may connect. Default `'same-origin'`. */
  readonly allowedOrigins?: AllowedOrigins
  /** Decides who may connect, by the upgrade request, once its origin is allowed; in at most 10 s. Default: any client may. */
  readonly authorizeUpgrade?: AuthorizeUpgrade
  /**
   * Decides who may call commands, by the credentials a client presents. Until it accepts, every command is answered with
   * 401 and no push is sent. Default: any client may. PROTOCOL.md §$hello.
   */
  readonly authenticate?: Authenticate<Api>
  /** Whether the protocol's reserved commands and travelling deadlines are served; false is the base protocol to the byte. Default true. */
  readonly extensions?: boolean
  /** What one client may ask; those left out keep their default. */
  readonly limits?: Partial<Limits>
  /**
   * How sessions outlive their connections, for clients that ask for it; false: they end with them. Default: two minutes.
   * PROTOCOL.md §Sessions.
   */
  readonly sessions?: false | Partial<SessionLimits>
  /** Silence after which a connection is dropped, in ms; 0 never drops. Default `HEARTBEAT_TIMEOUT_MS`, 30 s. */
  readonly heartbeatTimeoutMs?: number
  /** Time a handler may take, in ms, when its command says nothing. Default `HANDLER_TIMEOUT_MS`, 30 s. */
  readonly handlerTimeoutMs?: number
  /** Default: warnings and errors go to the console. */
  readonly logger?: Logger
  /** Observes what happens: one, or several. Default none. */
  readonly observer?: Observer | readonly Observer[]
  /** Joins this server to others, as `@wsrv/redis` does. Default: it is alone. */
  readonly broker?: Broker
  /** Default JSON. */
  readonly codec?: Codec
  /** Default the machine's time. */
  readonly clock?: Clock
  /** Default `ws`. */
  readonly transport?: ServerTransport
  /** Returns a number from 0 to below 1, for the seqnos of pushes. Default `Math.random`. */
  readonly random?: () => number
}

/** What `createServer` takes behind the contract: its options, which can be left out unless they must hold a context. */
export type ServerArguments<Api extends ApiShape> =
  Record<never, never> extends ContextOf<Api>
    ? [options?: ServerOptions<Api>]
    : [options: ServerOptions<Api> & Required<Pick<ServerOptions<Api>, 'context'>>]

/** A server of one contract. */
export interface Server<Api extends ApiShape> extends Hub<Api>, Routes<Api> {
  /**
   * Takes the upgrades of one path of an HTTP server; its other upgrades and, but for the playground's, its requests are
   * left alone.
   *
   * @param source Node's HTTP server, or another way in, as `uwsAdapter(app)` of `@wsrv/server/uws`.
   * @throws Error when the path is taken, the server closes, or a playground is asked for that is not installed.
   */
  attach(source: HttpServer | Adapter, options?: AttachOptions): void
  /**
   * Listens by itself, for upgrades only.
   *
   * @param port 0 picks a free one.
   * @returns rejects when the port cannot be had, or the server closes.
   */
  listen(port: number, options?: ListenOptions): Promise<ListenAddress>
  /** Whether {@link close} was called: what a readiness probe answers with 503. */
  readonly isClosing: boolean
  /**
   * Shuts down: refuses connections with 503, and new requests, waits for those in flight, closes every session with
   * `CLOSE.service_restart`, resolves when the last connection is gone. Called again, returns the same promise.
   *
   * With `spreadMs` its clients go to other servers, one after another: until its turn a client is served as ever.
   *
   * @throws RangeError when a time is out of range; nothing is closed.
   */
  close(options?: CloseOptions): Promise<void>
  /**
   * Listens to the beginning of sessions.
   *
   * @returns a function that unsubscribes.
   */
  onConnect(listener: (session: Session<Api>) => unknown): () => void
  /**
   * Listens to sessions that have lost their connection and wait for another: their handlers go on, their rooms stay, what they
   * are sent is kept. {@link onResumed} or {@link onDisconnect} follows.
   *
   * @returns a function that ends that.
   */
  onLinkLost(listener: (session: Session<Api>, disconnect: Disconnect) => unknown): () => void
  /**
   * Listens to sessions that are resumed, on another connection.
   *
   * @returns a function that ends that.
   */
  onResumed(listener: (session: Session<Api>) => unknown): () => void
  /**
   * Listens to the end of sessions; a session's values and rooms can still be read, nothing can be sent.
   *
   * @returns a function that unsubscribes.
   */
  onDisconnect(listener: (session: Session<Api>, disconnect: Disconnect) => unknown): () => void
  /**
   * Notifies of each member that enters, changes its value in, or leaves a room: all members at this server, those at other
   * servers in rooms that have members here. Of the servers that are notified of a change, one has `isOurs`, so that what is
   * to be done once is done once.
   *
   * @returns a function that unsubscribes.
   */
  onPresence(listener: (change: PresenceChange) => unknown): () => void
}

/** Which upgrades of an HTTP server to take. */
export interface AttachOptions {
  /** Compared exactly, without the query; default `/`. */
  readonly path?: string
  /**
   * Serves a page that shows the contract and drives the server by it: its path, as `/play`, or more. It needs the package
   * `@wsrv/playground`, and is off where `NODE_ENV` is `production` unless `inProduction` says otherwise. The page's own
   * origin must be one of `allowedOrigins`. Default: no page.
   */
  readonly playground?: string | PlaygroundOptions
}

/** How a server shuts down. */
export interface CloseOptions {
  /** Time that requests in flight still have, in ms. Default 10 s: what a client waits for a call. */
  readonly drainMs?: number
  /**
   * Time over which clients are asked to go to other servers, in ms; `drainMs` is then what each has for it, and `close` takes at
   * most both. Default 0: all leave at once, when nothing is in flight, because a server that is alone has no others to
   * send them to. With several, 20 s move 10,000 clients at 500 a second. PROTOCOL.md §$goaway.
   */
  readonly spreadMs?: number
  /** Asks clients to stay away so long before they reconnect, in ms. Default: they come back as they like. PROTOCOL.md §Close codes. */
  readonly retryAfterMs?: number
}
