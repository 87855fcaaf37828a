import { type Clock, systemClock } from '@wsrv/protocol'
import { LineThrottle } from './line-throttle.ts'
import type { Logger } from './logger.ts'
import type { Observer } from './observer.ts'

/** How a {@link createLogObserver} logs. */
export interface LogObserverOptions {
  /** Requests of one session that are logged in a second. Default 5; `Infinity` logs each. */
  readonly maxRequestsPerSecond?: number | undefined
  /** Default the machine's time. */
  readonly clock?: Clock | undefined
}

/**
 * An observer that logs requests, in the manner of pino: `createServer({ logger, observer: createLogObserver(logger) })`.
 *
 * - `info`: requests with their `cmd`, `seqno`, `sid`, `status`, `durationMs` and sizes, messages that were refused, and pushes
 *   that gave way behind slow readers;
 * - `warn`: limits that were reached;
 * - `debug`: pushes.
 *
 * No client can flood it: of the requests of a session so many are logged in a second, of refusals one per session, status and
 * second, of limits one per session, limit and second. The next line of a kind says how many were left out: `skipped`.
 *
 * Connections (`debug`) and failures (`error`, with the error under `err`) are in the server's own `logger` already.
 */
export function createLogObserver(logger: Logger, options: LogObserverOptions = {}): Observer {
  const { maxRequestsPerSecond = 5, clock = systemClock } = options
  const requests = new LineThrottle(clock, maxRequestsPerSecond)
  const refusals = new LineThrottle(clock, 1)
  return {
    requestEnded: (event) => {
      const more = requests.admit(event.sid)
      if (more === undefined) return
      logger.info({ ...event, durationMs: toMicroseconds(event.durationMs), ...more }, 'request ended')
    },
    requestRefused: (event) => {
      const more = refusals.admit(`${event.sid} ${event.status}`)
      if (more !== undefined) logger.info({ ...event, ...more }, 'request refused')
    },
    limitReached: (event) => {
      const more = refusals.admit(`${event.sid ?? event.remoteAddress} ${event.limit}`)
      if (more !== undefined) logger.warn({ ...event, ...more }, 'limit reached')
    },
    pushesDropped: (event) => {
      const more = refusals.admit(`${event.sid} ${event.cmd}`)
      if (more !== undefined) logger.info({ ...event, ...more }, 'pushes dropped')
    },
    pushSent: (event) => logger.debug(event, 'push sent'),
  }
}

/** A clock's fractions are noise beyond that: `15.423` for `15.423353000000134`. */
function toMicroseconds(durationMs: number): number {
  return Math.round(durationMs * 1_000) / 1_000
}
