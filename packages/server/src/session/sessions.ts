import { CLOSE, type Clock, HARD_MESSAGE_FACTOR, type Payload } from '@wsrv/protocol'
import { ConnectionCounts } from '../connection/connection-counts.ts'
import type { ConnectionEvents, ServerConnection } from '../connection/transport.ts'
import type { Limits } from '../limits.ts'
import type { Reporter } from '../observer/reporter.ts'
import { AuthDeadlines } from './auth-deadlines.ts'
import { Heartbeat } from './heartbeat.ts'
import { Link, type LinkCallbacks } from './link.ts'
import { Listeners } from './listeners.ts'
import { LiveSession, type SessionCallbacks } from './live-session.ts'
import { Rooms, type RoomsCallbacks } from './rooms.ts'
import { SendQueue } from './send-queue.ts'
import { SessionIds } from './session-ids.ts'

/** What sessions need of the rest of the server. */
export interface SessionsOptions extends Pick<SessionCallbacks, 'push' | 'requestAuth'> {
  readonly clock: Clock
  readonly limits: Limits
  readonly heartbeatTimeoutMs: number
  readonly reporter: Reporter
  readonly received: (session: LiveSession, payload: Payload, bytes: number) => void
  /** Whether sessions are accepted from the beginning: there is no `authenticate`. */
  readonly acceptsAll: boolean
  readonly began: (session: LiveSession) => void
  /** A session ended: what it has in flight has no one to answer to. */
  readonly ended: (session: LiveSession) => void
  readonly joined: RoomsCallbacks['joined']
  readonly left: RoomsCallbacks['left']
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
  readonly #options: SessionsOptions
  readonly #callbacks: SessionCallbacks
  readonly #sendQueue: SendQueue<LiveSession>
  readonly #heartbeat: Heartbeat<LiveSession>
  readonly #authDeadlines: AuthDeadlines
  /** Connections that are not gone yet: the open ones and those that still close. */
  #connections = 0
  readonly #sessionIds = new SessionIds()
  #begun = 0
  #allGone: (() => void) | undefined

  constructor(options: SessionsOptions) {
    const { clock, limits, reporter, heartbeatTimeoutMs } = options
    this.#options = options
    this.connectionCounts = new ConnectionCounts(limits)
    this.rooms = new Rooms(limits.maxRooms, {
      refused: (session) => this.#reportLimit('maxRooms', session),
      joined: options.joined,
      left: options.left,
    })
    this.connected = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.disconnected = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.#sendQueue = new SendQueue({
      maxBufferedBytes: limits.maxBufferedBytes,
      overflowed: (session) => this.#dropSlow(session),
    })
    this.#authDeadlines = new AuthDeadlines({
      clock,
      timeoutMs: limits.authTimeoutMs,
      drop: (session) => this.#dropUnauthenticated(session),
    })
    this.#heartbeat = new Heartbeat({
      clock,
      timeoutMs: heartbeatTimeoutMs,
      members: () => this.open.values(),
      ping: (session) => session.link.connection.ping(),
      drop: (session) => this.#dropSilent(session),
    })
    this.#callbacks = {
      rooms: this.rooms,
      sendQueue: this.#sendQueue,
      end: (session, code, reason) => this.end(session, code, reason),
      awaitAuth: (session) => this.#authDeadlines.add(session),
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

  ponged(session: LiveSession): void {
    session.lastSeenTick = this.#heartbeat.tick
  }

  exceeded(session: LiveSession): void {
    this.#reportLimit('hardMessageBytes', session)
  }

  drained(session: LiveSession): void {
    this.#sendQueue.drained(session)
  }

  closed(link: Link, code: number, reason: string): void {
    if (link.isCurrent) this.#finish(link.session, { code, reason })
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
    this.#sendQueue.clear(session)
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
    this.#sendQueue.clear(session)
    this.end(session, CLOSE.heartbeat_timeout, 'heartbeat timeout')
    session.link.connection.terminate()
  }

  #dropUnauthenticated(session: LiveSession): void {
    this.#reportLimit('authTimeoutMs', session)
    this.end(session, CLOSE.unauthenticated, 'not authenticated in time')
  }

  /** What still waits is dropped: the close must not wait behind it. */
  #dropSlow(session: LiveSession): void {
    this.#reportLimit('maxBufferedBytes', session)
    this.#sendQueue.clear(session)
    this.end(session, CLOSE.slow_reader, 'slow reader')
  }

  #reportLimit(limit: SessionLimit, { sid }: LiveSession): void {
    const { limits, heartbeatTimeoutMs, reporter } = this.#options
    const hardMessageBytes = limits.maxMessageBytes * HARD_MESSAGE_FACTOR
    reporter.limitReached({ limit, value: { ...limits, heartbeatTimeoutMs, hardMessageBytes }[limit], sid })
  }
}
