import { EXTENSION, HEARTBEAT, PAUSE_BYTES, type Payload } from '@wsrv/protocol'
import { createPush } from '../connection/outgoing-message.ts'
import type { ConnectionEvents, ServerConnection } from '../connection/transport.ts'
import type { LiveSession, SessionLink } from './live-session.ts'

/** What a link reports. */
export interface LinkCallbacks {
  /** A message of the session's current connection. */
  received(session: LiveSession, payload: Payload, bytes: number): void
  /** A sign of life came that is not a message. Returns the time, by the clock in ms. */
  alive(session: LiveSession): number
  /** A message was larger than `maxMessageBytes` × `HARD_MESSAGE_FACTOR`. */
  exceeded(session: LiveSession): void
  drained(session: LiveSession): void
  /** The connection is gone, current or not. */
  closed(link: Link, code: number, reason: string): void
}

/**
 * One connection and the session that it serves: takes what the transport reports and hands it to the session's owner.
 *
 * A connection that is not its session's current one delivers nothing, whatever its buffers still hold; only its end is
 * reported, because it counts as a connection until then.
 */
export class Link implements ConnectionEvents, SessionLink {
  readonly connection: ServerConnection
  session: LiveSession
  badMessages = 0
  readonly #callbacks: LinkCallbacks
  #remoteAddress: string | undefined = undefined
  #shownAt = -Infinity

  constructor(connection: ServerConnection, session: LiveSession, callbacks: LinkCallbacks) {
    this.connection = connection
    this.session = session
    this.#callbacks = callbacks
  }

  /** Whether this is the connection that its session is reached by. */
  get isCurrent(): boolean {
    return this.session.link === this
  }

  get remoteAddress(): string {
    this.#remoteAddress ??= this.connection.request.socket.remoteAddress ?? ''
    return this.#remoteAddress
  }

  received(payload: Payload, bytes: number): void {
    if (this.isCurrent) this.#callbacks.received(this.session, payload, bytes)
  }

  ponged(): void {
    if (this.isCurrent) this.#callbacks.alive(this.session)
  }

  /**
   * Behind a long message no `$ping` arrives, so a client that speaks the extensions is shown that its bytes do. PROTOCOL.md
   * §Heartbeat.
   */
  progressed(): void {
    if (!this.isCurrent) return
    const now = this.#callbacks.alive(this.session)
    const isShown = now - this.#shownAt < SHOW_EVERY_MS || this.connection.bufferedBytes >= PAUSE_BYTES
    if (isShown || this.session.client === undefined) return
    this.#shownAt = now
    this.connection.send([SIGN_OF_LIFE])
  }

  exceeded(): void {
    if (this.isCurrent) this.#callbacks.exceeded(this.session)
  }

  drained(): void {
    if (this.isCurrent) this.#callbacks.drained(this.session)
  }

  closed(code: number, reason: string): void {
    this.#callbacks.closed(this, code, reason)
  }
}

/** Often enough for a client that waits 2 s before it asks, in ms. */
const SHOW_EVERY_MS = 1_000

const SIGN_OF_LIFE = createPush(HEARTBEAT, { cmd: EXTENSION.ping, isBinary: false, isShared: true })
