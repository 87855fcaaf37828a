import console from 'node:console'
import type { Logger } from './logger.ts'

/** Logs warnings and errors to the console and drops the rest. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (facts, msg) => console.warn(msg, facts),
  error: (facts, msg) => console.error(msg, facts),
}
