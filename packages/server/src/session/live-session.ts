import { CLOSE, CLOSE_CODES, describe, isCloseCode, MAX_CLOSE_REASON_BYTES, type Timer } from '@wsrv/protocol'
import type { OpenApi } from '../api-types.ts'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type { ServerConnection, UpgradeRequest } from '../connection/transport.ts'
import type { BrakeState } from './flood-brake.ts'
import type { Gap } from './gap.ts'
import type { HeartbeatMember } from './heartbeat.ts'
import type { InFlightRequest } from './in-flight-request.ts'
import { InFlightRequests } from './in-flight-requests.ts'
import type { RateLimitState } from './rate-limit.ts'
import type { Resumable } from './resumable.ts'
import type { Recipient } from './send-queue.ts'
import type { Session } from './session.ts'

/** What the sessions of a server share: where they are kept, and what the rest of the server does for them. */
export interface SessionCallbacks {
  readonly rooms: {
    join(session: LiveSession, room: string, value?: unknown): Promise<void> | undefined
    leave(session: LiveSession, room: string): void
  }
  readonly sendQueue: {
    add(session: LiveSession, message: OutgoingMessage): void
    tell(session: LiveSession, gap: Gap): void
  }
  end(session: LiveSession, code: number, reason: string): void
  /** The session is not accepted any more, and has its time to present other credentials. */
  awaitAuth(session: LiveSession): void
  /** Credentials were accepted that are good for so long. */
  startExpiry(session: LiveSession, expiresInMs: number): void
  push(session: LiveSession, name: string, data: unknown): boolean
  requestAuth(session: LiveSession): boolean
}

/** The connection that a session is reached by. */
export interface SessionLink {
  readonly connection: ServerConnection
  readonly remoteAddress: string
  /** Messages of this connection that could not be read. */
  badMessages: number
  /** The session that it serves. */
  session?: LiveSession
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

/** A session with everything the server keeps for it. Idle sessions are cheap: rarely used parts are created on demand. */
export class LiveSession implements Session<OpenApi>, Recipient, HeartbeatMember, RateLimitState, BrakeState {
  readonly sid: string
  readonly index: number
  readonly connectedAt: number
  /** Set once by the owner of sessions before anything is delivered. */
  link!: SessionLink
  isOpen = true
  isAccepted: boolean
  identity: string | undefined = undefined
  client: string | undefined = undefined
  /** Whether it was told the hashes of the server's contract, one by one. */
  knowsHashes = false
  /** The newest request that presented credentials. */
  authentication: InFlightRequest | undefined = undefined
  /** Times that credentials were presented and not accepted, since they were. */
  authRefusals = 0
  lastSeenTick: number
  credit: number
  creditedAt: number
  refusals = 0
  refusedSince = 0
  brake: Timer | undefined = undefined
  waiting: OutgoingMessage[] = []
  waitingSize = 0
  readonly inFlight: InFlightRequests = new InFlightRequests()
  /** Requests that are answered though their work still goes on: they keep their place until it ends. */
  lingering = 0
  /** There when the session outlives its connection. */
  resumable: Resumable | undefined = undefined
  /** Written by the server's rooms; `undefined` before the first. */
  joined: Set<string> | undefined = undefined
  readonly #callbacks: SessionCallbacks
  #values: Map<string, unknown> | undefined = undefined

  constructor(callbacks: SessionCallbacks, start: SessionStart) {
    this.sid = start.sid
    this.index = start.index
    this.connectedAt = start.connectedAt
    this.lastSeenTick = start.lastSeenTick
    this.isAccepted = start.isAccepted
    this.credit = start.credit
    this.creditedAt = start.connectedAt
    this.#callbacks = callbacks
  }

  get request(): UpgradeRequest {
    return this.link.connection.request
  }

  get remoteAddress(): string {
    return this.link.remoteAddress
  }

  get rooms(): ReadonlySet<string> {
    return this.joined ?? NO_ROOMS
  }

  get isConnected(): boolean {
    return this.isOpen && this.resumable?.isAttached !== false
  }

  get(key: string): unknown {
    return this.#values?.get(key)
  }

  set(key: string, value: unknown): void {
    this.#values ??= new Map()
    if (value === undefined) this.#values.delete(key)
    else this.#values.set(key, value)
  }

  /** Lets go of everything that was kept for the client it was: values, rooms and identity. */
  forget(): void {
    for (const room of this.rooms) this.leave(room)
    this.#values = undefined
    this.identity = undefined
  }

  /** Takes the values of the session whose connection it gets. */
  adopt(other: LiveSession): void {
    for (const [key, value] of other.#values ?? []) this.set(key, value)
    this.client = other.client
    this.isAccepted = other.isAccepted
  }

  /**
   * Sends a message: it leaves with everything else that the loop turn has for this session.
   *
   * @returns false when nothing was sent: the session has ended, or ends because too much waits for its reader.
   */
  send(message: OutgoingMessage): boolean {
    if (this.isOpen) this.#callbacks.sendQueue.add(this, message)
    return this.isOpen
  }

  /** Tells the client that it misses pushes, in their place among the others; one without a resumable session is not told. */
  tell(gap: Gap): void {
    if (this.isOpen) this.#callbacks.sendQueue.tell(this, gap)
  }

  push(name: string, data: unknown): boolean {
    return this.#callbacks.push(this, name, data)
  }

  requestAuth(): boolean {
    return this.#callbacks.requestAuth(this)
  }

  /**
   * Notes the verdict on newly presented credentials.
   *
   * @param expiresInMs how long they are good; default for ever.
   */
  setAccepted(isAccepted: boolean, expiresInMs: number = Infinity): void {
    if (this.isAccepted && !isAccepted) this.#callbacks.awaitAuth(this)
    if (isAccepted) this.authRefusals = 0
    this.isAccepted = isAccepted
    this.#callbacks.startExpiry(this, expiresInMs)
  }

  join(room: string, value?: unknown): PromiseLike<void> {
    return this.#callbacks.rooms.join(this, room, value) ?? JOINED
  }

  leave(room: string): void {
    this.#callbacks.rooms.leave(this, room)
  }

  close(code: number = CLOSE.normal, reason = ''): void {
    checkClose(code, reason)
    this.#callbacks.end(this, code, reason)
  }
}

/** What `join` returns when there is nothing to wait for. */
export const JOINED: PromiseLike<void> = Promise.resolve()

const NO_ROOMS: ReadonlySet<string> = new Set()

/**
 * Makes sure that a close can be sent before anything of the session ends: a transport that finds out later leaves a
 * connection that is neither open nor closed.
 *
 * @throws RangeError when it cannot.
 */
export function checkClose(code: number, reason: string): void {
  if (!isCloseCode(code)) {
    throw new RangeError(`a close code must be ${CLOSE_CODES}, got ${describe(code)}`)
  }
  const bytes = Buffer.byteLength(reason)
  if (bytes > MAX_CLOSE_REASON_BYTES) {
    throw new RangeError(`a close reason must be at most ${MAX_CLOSE_REASON_BYTES} bytes of UTF-8, got ${bytes}`)
  }
}
