import console from 'node:console'

/**
 * Where a server's log goes, in the manner of pino, whose loggers fit as they are: an object of facts, then words. Errors are
 * under `err`. Seam; the console by default.
 *
 * What a method throws, or a promise it returns rejects with, is lost: there is nowhere left to report it.
 */
export interface Logger {
  debug(facts: object, msg: string): void
  info(facts: object, msg: string): void
  warn(facts: object, msg: string): void
  error(facts: object, msg: string): void
}

/** Logs warnings and errors to the console and drops the rest. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (facts, msg) => console.warn(msg, facts),
  error: (facts, msg) => console.error(msg, facts),
}
