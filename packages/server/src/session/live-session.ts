import { CLOSE, type Payload } from '@wsrv/protocol'
import type { OpenApi } from '../api-types.ts'
import type { ConnectionEvents, OutgoingMessage, ServerConnection } from '../connection/transport.ts'
import type { UpgradeRequest } from '../connection/upgrade-request.ts'
import { checkClose } from './check-close.ts'
import type { HeartbeatMember } from './heartbeat.ts'
import type { InFlightRequest } from './in-flight-request.ts'
import { InFlightRequests } from './in-flight-requests.ts'
import type { RateLimitState } from './rate-limit.ts'
import type { Recipient } from './send-queue.ts'
import type { Session } from './session.ts'

/** What a session asks of its server, and tells it of its connection. */
export interface SessionHost {
  received(session: LiveSession, payload: Payload, bytes: number): void
  ponged(session: LiveSession): void
  exceeded(session: LiveSession): void
  closed(session: LiveSession, code: number, reason: string): void
  push(session: LiveSession, name: string, data: unknown): boolean
  requestAuth(session: LiveSession): boolean
  /** The session is not accepted any more, and has its time to present other credentials. */
  awaitAuth(session: LiveSession): void
  join(session: LiveSession, room: string): void
  leave(session: LiveSession, room: string): void
  end(session: LiveSession, code: number, reason: string): void
}

/** What is known of a session when it begins. */
export interface SessionStart {
  readonly sid: string
  readonly index: number
  readonly connectedAt: number
  readonly lastSeenTick: number
  readonly isAccepted: boolean
  readonly credit: number
}

/** A session with everything the server keeps with it. Ten thousand idle ones are cheap: what is seldom used is made late. */
export class LiveSession implements Session<OpenApi>, ConnectionEvents, Recipient, HeartbeatMember, RateLimitState {
  readonly sid: string
  readonly index: number
  readonly connectedAt: number
  readonly connection: ServerConnection
  isOpen = true
  isAccepted: boolean
  client: string | undefined = undefined
  /** The newest request that presented credentials. */
  authentication: InFlightRequest | undefined = undefined
  lastSeenTick: number
  credit: number
  creditedAt: number
  waiting: OutgoingMessage[] = []
  waitingSize = 0
  /** Messages of this connection that could not be read. */
  badMessages = 0
  readonly inFlight: InFlightRequests = new InFlightRequests()
  /** Written by the server's rooms; `undefined` before the first. */
  joined: Set<string> | undefined = undefined
  readonly #host: SessionHost
  #values: Map<string, unknown> | undefined = undefined
  #remoteAddress: string | undefined = undefined

  constructor(host: SessionHost, connection: ServerConnection, start: SessionStart) {
    this.sid = start.sid
    this.index = start.index
    this.connectedAt = start.connectedAt
    this.lastSeenTick = start.lastSeenTick
    this.isAccepted = start.isAccepted
    this.credit = start.credit
    this.creditedAt = start.connectedAt
    this.connection = connection
    this.#host = host
  }

  get request(): UpgradeRequest {
    return this.connection.request
  }

  get remoteAddress(): string {
    this.#remoteAddress ??= this.request.socket.remoteAddress ?? ''
    return this.#remoteAddress
  }

  get rooms(): ReadonlySet<string> {
    return this.joined ?? NO_ROOMS
  }

  get(key: string): unknown {
    return this.#values?.get(key)
  }

  set(key: string, value: unknown): void {
    this.#values ??= new Map()
    if (value === undefined) this.#values.delete(key)
    else this.#values.set(key, value)
  }

  push(name: string, data: unknown): boolean {
    return this.#host.push(this, name, data)
  }

  requestAuth(): boolean {
    return this.#host.requestAuth(this)
  }

  /** Notes the verdict on newly presented credentials. */
  setAccepted(isAccepted: boolean): void {
    if (this.isAccepted && !isAccepted) this.#host.awaitAuth(this)
    this.isAccepted = isAccepted
  }

  join(room: string): void {
    this.#host.join(this, room)
  }

  leave(room: string): void {
    this.#host.leave(this, room)
  }

  close(code: number = CLOSE.normal, reason = ''): void {
    checkClose(code, reason)
    this.#host.end(this, code, reason)
  }

  received(payload: Payload, bytes: number): void {
    this.#host.received(this, payload, bytes)
  }

  ponged(): void {
    this.#host.ponged(this)
  }

  exceeded(): void {
    this.#host.exceeded(this)
  }

  closed(code: number, reason: string): void {
    this.#host.closed(this, code, reason)
  }
}

const NO_ROOMS: ReadonlySet<string> = new Set()
