/**
 * Where a server's log goes, in the manner of pino, whose loggers fit as they are: an object of facts, then words. Errors are
 * under `err`. Seam; the console by default.
 *
 * What a method throws, or a promise it returns rejects with, is lost: nobody is left to tell.
 */
export interface Logger {
  debug(facts: object, msg: string): void
  info(facts: object, msg: string): void
  warn(facts: object, msg: string): void
  error(facts: object, msg: string): void
}
