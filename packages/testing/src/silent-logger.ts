import type { Logger } from '@wsrv/server'

/** A server's `logger` that drops everything, for tests whose failures are on purpose. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
