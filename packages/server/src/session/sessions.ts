import { CLOSE, type Clock, HARD_MESSAGE_FACTOR, type Payload } from '@wsrv/protocol'
import { ConnectionCounts } from '../connection/connection-counts.ts'
import type { ServerConnection } from '../connection/transport.ts'
import type { Limits } from '../limits.ts'
import type { Reporter } from '../observer/reporter.ts'
import { AuthDeadlines } from './auth-deadlines.ts'
import { Heartbeat } from './heartbeat.ts'
import { Listeners } from './listeners.ts'
import { LiveSession, type SessionHost } from './live-session.ts'
import { Rooms } from './rooms.ts'
import { SendQueue } from './send-queue.ts'
import { SessionIds } from './session-ids.ts'

/** What sessions are told and asked by the rest of the server. */
export interface SessionsOptions {
  readonly clock: Clock
  readonly limits: Limits
  readonly heartbeatTimeoutMs: number
  readonly reporter: Reporter
  readonly received: (session: LiveSession, payload: Payload, bytes: number) => void
  readonly push: SessionHost['push']
  readonly requestAuth: SessionHost['requestAuth']
  /** Whether sessions are accepted from the beginning: nobody authenticates them. */
  readonly acceptsAll: boolean
  /** A session ended: what it has in flight has nobody to answer to. */
  readonly ended: (session: LiveSession) => void
}

/** The limits that this file holds sessions to. */
type SessionLimit = 'maxRooms' | 'maxBufferedBytes' | 'authTimeoutMs' | 'heartbeatTimeoutMs' | 'hardMessageBytes'

/** How a session ended. */
export interface Disconnect {
  /** Close code. PROTOCOL.md §Close codes; RFC 6455 §7.4. */
  readonly code: number
  readonly reason: string
}

/** Every open session from its connection's beginning to its end: the one owner of connections. */
export class Sessions implements SessionHost {
  /** Open sessions by sid. */
  readonly open: Map<string, LiveSession> = new Map()
  readonly connectionCounts: ConnectionCounts
  readonly rooms: Rooms<LiveSession>
  readonly sendQueue: SendQueue<LiveSession>
  readonly connected: Listeners<[session: LiveSession]>
  readonly disconnected: Listeners<[session: LiveSession, disconnect: Disconnect]>
  readonly push: SessionHost['push']
  readonly requestAuth: SessionHost['requestAuth']
  readonly #options: SessionsOptions
  readonly #heartbeat: Heartbeat<LiveSession>
  readonly #authDeadlines: AuthDeadlines<LiveSession>
  /** Connections that are not gone yet: the open ones and those whose closing handshake goes on. */
  #connections = 0
  readonly #sessionIds = new SessionIds()
  #begun = 0
  #allGone: (() => void) | undefined

  constructor(options: SessionsOptions) {
    const { clock, limits, reporter, heartbeatTimeoutMs } = options
    this.#options = options
    this.push = options.push
    this.requestAuth = options.requestAuth
    this.connectionCounts = new ConnectionCounts(limits)
    this.rooms = new Rooms(limits.maxRooms, (session) => this.#reportLimit('maxRooms', session))
    this.sendQueue = new SendQueue((session) => this.#checkReader(session))
    this.connected = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.disconnected = new Listeners((error) => reporter.failed({ kind: 'listener_threw', error }))
    this.#authDeadlines = new AuthDeadlines({
      clock,
      timeoutMs: limits.authTimeoutMs,
      drop: (session) => this.#dropUnauthenticated(session),
    })
    this.#heartbeat = new Heartbeat({
      clock,
      timeoutMs: heartbeatTimeoutMs,
      members: () => this.open.values(),
      ping: (session) => session.connection.ping(),
      drop: (session) => this.#dropSilent(session),
    })
  }

  /** Begins the session of a connection, which tells it what happens from now on. */
  begin(connection: ServerConnection): LiveSession {
    const session = new LiveSession(this, connection, {
      sid: this.#sessionIds.next(),
      index: this.#begun++,
      connectedAt: this.#options.clock.now(),
      lastSeenTick: this.#heartbeat.tick,
      isAccepted: this.#options.acceptsAll,
      credit: this.#options.limits.maxRequestsPerSecond,
    })
    this.open.set(session.sid, session)
    this.#connections += 1
    this.#heartbeat.start()
    this.connectionCounts.add(session)
    if (!session.isAccepted) this.#authDeadlines.add(session)
    this.#tellOpened(session)
    return session
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

  closed(session: LiveSession, code: number, reason: string): void {
    this.#finish(session, { code, reason })
    this.#connections -= 1
    this.connectionCounts.remove(session)
    if (this.#connections === 0) this.#allGone?.()
  }

  /** Ends a session: what was sent leaves, the closing handshake begins. Harmless when it has ended. */
  end(session: LiveSession, code: number, reason: string): void {
    if (!session.isOpen) return
    this.sendQueue.flush(session)
    session.connection.close(code, reason)
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

  awaitAuth(session: LiveSession): void {
    this.#authDeadlines.add(session)
  }

  join(session: LiveSession, room: string): void {
    this.rooms.join(session, room)
  }

  leave(session: LiveSession, room: string): void {
    this.rooms.leave(session, room)
  }

  #tellOpened(session: LiveSession): void {
    const { reporter } = this.#options
    if (reporter.followsConnections) reporter.opened({ sid: session.sid, remoteAddress: session.remoteAddress })
    // Who is told of the end may ask for the address, which nobody knows by then.
    else if (this.disconnected.size > 0) void session.remoteAddress
    this.connected.tell(session)
  }

  #finish(session: LiveSession, disconnect: Disconnect): void {
    if (!session.isOpen) return
    session.isOpen = false
    this.open.delete(session.sid)
    if (this.open.size === 0) this.#heartbeat.stop()
    this.#authDeadlines.remove(session)
    this.#options.ended(session)
    const { clock, reporter } = this.#options
    if (reporter.followsConnections) {
      reporter.closed({ sid: session.sid, ...disconnect, durationMs: clock.now() - session.connectedAt })
    }
    this.disconnected.tell(session, disconnect)
    this.rooms.leaveAll(session)
  }

  /** The peer of a silent connection is probably gone: its answer to the close frame is not waited for. */
  #dropSilent(session: LiveSession): void {
    this.#reportLimit('heartbeatTimeoutMs', session)
    this.end(session, CLOSE.heartbeat_timeout, 'heartbeat timeout')
    session.connection.terminate()
  }

  #dropUnauthenticated(session: LiveSession): void {
    this.#reportLimit('authTimeoutMs', session)
    this.end(session, CLOSE.unauthenticated, 'not authenticated in time')
  }

  #checkReader(session: LiveSession): void {
    if (session.connection.bufferedBytes <= this.#options.limits.maxBufferedBytes) return
    this.#reportLimit('maxBufferedBytes', session)
    this.end(session, CLOSE.slow_reader, 'slow reader')
  }

  #reportLimit(limit: SessionLimit, { sid }: LiveSession): void {
    const { limits, heartbeatTimeoutMs, reporter } = this.#options
    const hardMessageBytes = limits.maxMessageBytes * HARD_MESSAGE_FACTOR
    reporter.limitReached({ limit, value: { ...limits, heartbeatTimeoutMs, hardMessageBytes }[limit], sid })
  }
}
