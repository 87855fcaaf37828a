import { CLOSE, type Clock, HARD_MESSAGE_FACTOR, NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'
import { ConnectionCounts } from '../connection/connection-counts.ts'
import type { ConnectionEvents, ServerConnection } from '../connection/transport.ts'
import type { Limits } from '../limits.ts'
import type { Reporter } from '../observer/reporter.ts'
import { AcceptanceExpiry } from './acceptance-expiry.ts'
import { AuthDeadlines } from './auth-deadlines.ts'
import { Heartbeat } from './heartbeat.ts'
import { Link, type LinkCallbacks } from './link.ts'
import { Listeners } from './listeners.ts'
import { LiveSession, type SessionCallbacks } from './live-session.ts'
import { FAREWELLS, NoConnection } from './no-connection.ts'
import { Resumption } from './resumption.ts'
import { Rooms, type RoomsCallbacks } from './rooms.ts'
import { SendQueue, type SendQueueOptions } from './send-queue.ts'
import { SessionIds } from './session-ids.ts'
import type { SessionLimits } from './session-limits.ts'

/** What sessions need of the rest of the server. */
export interface SessionsOptions
  extends Pick<SessionCallbacks, 'push' | 'requestAuth'>,
    Pick<LinkCallbacks, 'received' | 'drained'>,
    Pick<SendQueueOptions<LiveSession>, 'gapMessage' | 'relief'> {
  readonly clock: Clock
  readonly limits: Limits
  readonly heartbeatTimeoutMs: number
  readonly reporter: Reporter
  /** Whether sessions are accepted from the beginning: there is no `authenticate`. */
  readonly acceptsAll: boolean
  readonly began: (session: LiveSession) => void
  /** A session ended: what it has in flight has no one to answer to. */
  readonly ended: (session: LiveSession) => void
  readonly rooms: Omit<RoomsCallbacks, 'refused'>
  /** How sessions outlive their connections; `undefined` when they do not. */
  readonly sessions: SessionLimits | undefined
}

/** The limits that this file holds sessions to. */
type SessionLimit = 'maxRooms' | 'maxBufferedBytes' | 'authTimeoutMs' | 'heartbeatTimeoutMs' | 'hardMessageBytes'

/** How a session ended. */
export interface Disconnect {
  /** Close code. PROTOCOL.md §Close codes; RFC 6455 §7.4. */
  readonly code: number
  readonly reason: string
}

/** Every open session from its beginning to its end: the one owner of sessions and of their connections. */
export class Sessions implements LinkCallbacks {
  /** Open sessions by sid. */
  readonly open: Map<string, LiveSession> = new Map()
  readonly connectionCounts: ConnectionCounts
  readonly rooms: Rooms
  readonly connected: Listeners<[session: LiveSession]>
  readonly disconnected: Listeners<[session: LiveSession, disconnect: Disconnect]>
  readonly linkLost: Listeners<[session: LiveSession, disconnect: Disconnect]>
  readonly resumed: Listeners<[session: LiveSession]>
  /** `undefined` when sessions end with their connection. */
  readonly resumption: Resumption | undefined
  readonly #options: SessionsOptions
  readonly #callbacks: SessionCallbacks
  readonly #sendQueue: SendQueue<LiveSession>
  readonly #heartbeat: Heartbeat<LiveSession>
  readonly #authDeadlines: AuthDeadlines
  readonly #expiry: AcceptanceExpiry
  /** Connections that are not gone yet: the open ones and those that still close. */
  #connections = 0
  readonly #sessionIds = new SessionIds()
  #begun = 0
  /** Whether the server shuts down: no session outlives its connection any more, because its client cannot come back here. */
  isClosing = false
  #allGone: (() => void) | undefined

  constructor(options: SessionsOptions) {
    const { clock, limits, reporter, heartbeatTimeoutMs } = options
    this.#options = options
    this.connectionCounts = new ConnectionCounts(limits)
    this.rooms = new Rooms(limits.maxRooms, {
      ...options.rooms,
      refused: (session) => this.#reportLimit('maxRooms', session),
    })
    this.connected = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.disconnected = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.linkLost = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.resumed = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.resumption = this.#createResumption()
    this.#sendQueue = new SendQueue({
      maxBufferedBytes: limits.maxBufferedBytes,
      kept: (session) => {
        if (this.resumption?.budget.isExceeded) this.resumption.makeRoom(session)
      },
      gapMessage: options.gapMessage,
      relief: options.relief,
      overflowed: (session) => this.#dropSlow(session),
    })
    this.#authDeadlines = new AuthDeadlines({
      clock,
      timeoutMs: limits.authTimeoutMs,
      drop: (session) => this.#dropUnauthenticated(session),
    })
    this.#expiry = new AcceptanceExpiry({
      clock,
      renew: options.requestAuth,
      expired: (session) => this.end(session, CLOSE.unauthenticated, 'credentials expired'),
    })
    this.#heartbeat = new Heartbeat({
      clock,
      timeoutMs: heartbeatTimeoutMs,
      members: () => this.open.values(),
      ping: (session) => session.link.connection.ping(),
      isBlind: (session) => session.link.connection.isBlind === true,
      drop: (session) => this.#dropSilent(session),
    })
    this.#callbacks = {
      rooms: this.rooms,
      sendQueue: this.#sendQueue,
      end: (session, code, reason) => this.end(session, code, reason),
      awaitAuth: (session) => this.#authDeadlines.add(session),
      startExpiry: (session, expiresInMs) => this.#expiry.start(session, expiresInMs),
      push: options.push,
      requestAuth: options.requestAuth,
    }
  }

  /** Begins the session of a connection. */
  begin(connection: ServerConnection): ConnectionEvents {
    const session = new LiveSession(this.#callbacks, {
      sid: this.#sessionIds.next(),
      index: this.#begun++,
      connectedAt: this.#options.clock.now(),
      lastSeenTick: this.#heartbeat.tick,
      isAccepted: this.#options.acceptsAll,
      credit: this.#options.limits.maxRequestsPerSecond,
    })
    const link = new Link(connection, session, this)
    session.link = link
    this.open.set(session.sid, session)
    this.#connections += 1
    this.#heartbeat.start()
    this.connectionCounts.add(link)
    if (!session.isAccepted) this.#authDeadlines.add(session)
    this.#options.began(session)
    this.#reportOpened(session)
    return link
  }

  received(session: LiveSession, payload: Payload, bytes: number): void {
    session.lastSeenTick = this.#heartbeat.tick
    if (session.isOpen) this.#options.received(session, payload, bytes)
  }

  alive(session: LiveSession): number {
    session.lastSeenTick = this.#heartbeat.tick
    return this.#options.clock.now()
  }

  exceeded(session: LiveSession): void {
    this.#reportLimit('hardMessageBytes', session)
  }

  drained(session: LiveSession): void {
    this.#sendQueue.drained(session)
    this.#options.drained(session)
  }

  closed(link: Link, code: number, reason: string): void {
    if (link.isCurrent && !this.#detach(link.session, { code, reason })) this.#finish(link.session, { code, reason })
    this.#connections -= 1
    this.connectionCounts.remove(link)
    if (this.#connections === 0) this.#allGone?.()
  }

  /** Ends a session: what was sent leaves, the closing handshake begins. Harmless when it has ended. */
  end(session: LiveSession, code: number, reason: string): void {
    if (!session.isOpen) return
    this.#sendQueue.finish(session)
    session.link.connection.close(code, reason)
    this.#finish(session, { code, reason })
  }

  /** Ends every session; resolves when the last connection is gone. */
  endAll(code: number, reason: string): Promise<void> {
    for (const session of this.open.values()) this.end(session, code, reason)
    return new Promise((resolve) => {
      this.#allGone = resolve
      if (this.#connections === 0) resolve()
    })
  }

  /** Hands over what waits for a session now. */
  flush(session: LiveSession): void {
    this.#sendQueue.flush(session)
  }

  #createResumption(): Resumption | undefined {
    const { sessions: limits, clock, relief } = this.#options
    if (limits === undefined) return undefined
    return new Resumption({
      clock,
      limits,
      relief,
      open: this.open,
      secret: () => this.#sessionIds.next(),
      finish: (session) => this.#sendQueue.finish(session),
      end: (session, code, reason) => this.end(session, code, reason),
      move: (from, to) => this.#move(from, to),
      expire: (session, reason) => this.#finish(session, { code: NO_CLOSE_FRAME, reason }),
    })
  }

  /** Keeps a session without its connection; false when it ends with it. */
  #detach(session: LiveSession, disconnect: Disconnect): boolean {
    if (!session.isOpen || this.isClosing || FAREWELLS.includes(disconnect.code)) return false
    if (!this.resumption?.detach(session, disconnect.code === CLOSE.slow_reader)) return false
    session.link = new NoConnection(session.link)
    session.lastSeenTick = Infinity
    this.linkLost.notify(session, disconnect)
    return true
  }

  /** Moves the connection of one session, which ends, to another: all in one tick, so that no message is read twice or lost. */
  #move(from: LiveSession, to: LiveSession): void {
    const { link } = from
    const old = to.link
    from.link = new NoConnection(link)
    link.session = to
    to.link = link
    to.lastSeenTick = this.#heartbeat.tick
    to.adopt(from)
    this.#expiry.move(from, to)
    old.connection.terminate()
    this.#finish(from, { code: CLOSE.normal, reason: 'resumed' })
    this.resumed.notify(to)
    this.#sendQueue.flush(to)
  }

  #reportOpened(session: LiveSession): void {
    const { reporter } = this.#options
    if (reporter.followsConnections) reporter.opened({ sid: session.sid, remoteAddress: session.remoteAddress })
    // Read the address now: disconnect listeners cannot, the socket is gone by then.
    else if (this.disconnected.size > 0) void session.remoteAddress
    this.connected.notify(session)
  }

  #finish(session: LiveSession, disconnect: Disconnect): void {
    if (!session.isOpen) return
    session.isOpen = false
    this.open.delete(session.sid)
    if (this.open.size === 0) this.#heartbeat.stop()
    this.#authDeadlines.remove(session)
    this.#expiry.stop(session)
    this.#sendQueue.clear(session)
    this.resumption?.forget(session)
    this.#options.ended(session)
    const { clock, reporter } = this.#options
    if (reporter.followsConnections) {
      reporter.closed({ sid: session.sid, ...disconnect, durationMs: clock.now() - session.connectedAt })
    }
    this.disconnected.notify(session, disconnect)
    this.rooms.leaveAll(session)
  }

  /** The peer of a silent connection is probably gone: its answer to the close frame is not waited for. */
  #dropSilent(session: LiveSession): void {
    this.#reportLimit('heartbeatTimeoutMs', session)
    const { connection } = session.link
    this.#drop(session, CLOSE.heartbeat_timeout, 'heartbeat timeout')
    connection.terminate()
  }

  /** Closes a session's connection; what waits for it does not leave. */
  #drop(session: LiveSession, code: number, reason: string): void {
    const { connection } = session.link
    if (this.#detach(session, { code, reason })) {
      connection.close(code, reason)
      return
    }
    this.#sendQueue.clear(session)
    session.resumable?.journal.clear()
    this.end(session, code, reason)
  }

  #dropUnauthenticated(session: LiveSession): void {
    this.#reportLimit('authTimeoutMs', session)
    this.end(session, CLOSE.unauthenticated, 'not authenticated in time')
  }

  /** What still waits is dropped: the close must not wait behind it. */
  #dropSlow(session: LiveSession): void {
    this.#reportLimit('maxBufferedBytes', session)
    this.#drop(session, CLOSE.slow_reader, 'slow reader')
  }

  #reportLimit(limit: SessionLimit, { sid }: LiveSession): void {
    const { limits, heartbeatTimeoutMs, reporter } = this.#options
    const hardMessageBytes = limits.maxMessageBytes * HARD_MESSAGE_FACTOR
    reporter.limitReached({ limit, value: { ...limits, heartbeatTimeoutMs, hardMessageBytes }[limit], sid })
  }
}
