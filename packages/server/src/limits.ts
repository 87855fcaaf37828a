import {
  AUTH_TIMEOUT_MS,
  MAX_AUTH_REFUSALS,
  MAX_BAD_MESSAGES,
  MAX_BUFFERED_BYTES,
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  MAX_IN_FLIGHT,
  MAX_ISSUES,
  MAX_MESSAGE_BYTES,
  MAX_REQUESTS_PER_SECOND,
  MAX_ROOMS,
  STREAM_IDLE_MS,
} from '@wsrv/protocol'
import { COUNT_RANGE, MESSAGE_BYTES_RANGE, type NumberRange, TIMER_RANGE } from './check-options.ts'

/** What one client may ask of a server. Each bound, its unit and its reason: PROTOCOL.md §Limits. */
export interface Limits {
  /** Largest message that is read, in bytes; beyond it 413, beyond four times that the connection closes. At most 134,217,722: four times as much is the longest text there can be. Default 1 MiB. */
  readonly maxMessageBytes: number
  /** Bytes that may wait for one reader before its connection closes. Default 8 MiB. */
  readonly maxBufferedBytes: number
  /** Requests a session may have in flight, those that were given up and still run included; one more gets 429. Default 1,000. */
  readonly maxInFlight: number
  /**
   * Requests per second of a session, on average and at once; one more is answered with 429. A command's `rateLimit` says
   * for how many it counts. Default 10,000; `Infinity` sets no limit.
   */
  readonly maxRequestsPerSecond: number
  /** Connections of the server; one more is refused with 503. Default 100,000. */
  readonly maxConnections: number
  /** Connections from one IP address, behind a proxy the proxy's; one more is refused with 503. Default 100,000. */
  readonly maxConnectionsPerAddress: number
  /**
   * Time a session has until `authenticate` accepts it, in ms, also after credentials that were refused; then it is closed.
   * Default 10 s; `Infinity` sets no limit.
   */
  readonly authTimeoutMs: number
  /** Times in a row that a session's credentials may fail; one more closes it. Default 5. */
  readonly maxAuthRefusals: number
  /** Time for which a stream waits for its reader, in ms; then its handler is stopped, and it ends with 408. Default 2 min. */
  readonly streamIdleMs: number
  /** Unreadable messages a connection is forgiven; one more closes it. Default 10. */
  readonly maxBadMessages: number
  /** Rooms a session may be in. Default 1,000. */
  readonly maxRooms: number
  /** Most schema issues that one 400 lists. Default 20. */
  readonly maxIssues: number
}

/** Listing more is work that grows with what the client sends. */
const MAX_LISTABLE_ISSUES = 1_000

/** The limits of a server that was given none. */
export const DEFAULT_LIMITS: Limits = {
  maxMessageBytes: MAX_MESSAGE_BYTES,
  maxBufferedBytes: MAX_BUFFERED_BYTES,
  maxInFlight: MAX_IN_FLIGHT,
  maxRequestsPerSecond: MAX_REQUESTS_PER_SECOND,
  maxConnections: MAX_CONNECTIONS,
  maxConnectionsPerAddress: MAX_CONNECTIONS_PER_ADDRESS,
  authTimeoutMs: AUTH_TIMEOUT_MS,
  maxAuthRefusals: MAX_AUTH_REFUSALS,
  streamIdleMs: STREAM_IDLE_MS,
  maxBadMessages: MAX_BAD_MESSAGES,
  maxRooms: MAX_ROOMS,
  maxIssues: MAX_ISSUES,
}

/** What each limit may be. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, NumberRange>> = {
  maxMessageBytes: MESSAGE_BYTES_RANGE,
  maxBufferedBytes: COUNT_RANGE,
  maxInFlight: COUNT_RANGE,
  maxRequestsPerSecond: { ...COUNT_RANGE, min: Number.MIN_VALUE, isInteger: false },
  maxConnections: COUNT_RANGE,
  maxConnectionsPerAddress: COUNT_RANGE,
  maxAuthRefusals: COUNT_RANGE,
  authTimeoutMs: { ...TIMER_RANGE, canBeInfinite: true },
  streamIdleMs: TIMER_RANGE,
  maxBadMessages: COUNT_RANGE,
  maxRooms: COUNT_RANGE,
  maxIssues: { min: 1, max: MAX_LISTABLE_ISSUES },
}
