/** Where a server's log goes, in the manner of pino: an object of facts, then words. Seam; the console by default. */
export interface Logger {
  debug(facts: object, msg: string): void
  info(facts: object, msg: string): void
  warn(facts: object, msg: string): void
  error(facts: object, msg: string): void
}
