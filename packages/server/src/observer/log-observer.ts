import type { Logger } from './logger.ts'
import type { Observer } from './observer.ts'

/**
 * An observer that logs each request, in the manner of pino: `createServer({ logger, observer: createLogObserver(logger) })`.
 *
 * - `info`: requests with their `cmd`, `seqno`, `sid`, `status`, `durationMs` and sizes, and messages that were refused;
 * - `warn`: limits that were reached;
 * - `debug`: pushes.
 *
 * Connections (`debug`) and failures (`error`, with the error under `err`) are in the server's own `logger` already.
 */
export function createLogObserver(logger: Logger): Observer {
  return {
    requestEnded: (event) => logger.info({ ...event, durationMs: toMicroseconds(event.durationMs) }, 'request ended'),
    requestRefused: (event) => logger.info(event, 'request refused'),
    limitReached: (event) => logger.warn(event, 'limit reached'),
    pushSent: (event) => logger.debug(event, 'push sent'),
  }
}

/** A clock's fractions are noise beyond that: `15.423` for `15.423353000000134`. */
function toMicroseconds(durationMs: number): number {
  return Math.round(durationMs * 1_000) / 1_000
}
