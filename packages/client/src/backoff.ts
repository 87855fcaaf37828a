import { STABLE_CONNECTION_MS } from '@wsrv/protocol'
import type { ReconnectSettings } from './settings.ts'

/**
 * The delays between attempts to connect: exponential backoff with full jitter.
 *
 * The row of failures ends with a connection that stays open for `STABLE_CONNECTION_MS`, not with one that merely
 * opens: a server that accepts and drops at once is failing too.
 */
export class Backoff {
  readonly #settings: ReconnectSettings
  readonly #random: () => number
  #failures = 0

  constructor(settings: ReconnectSettings, random: () => number) {
    this.#settings = settings
    this.#random = random
  }

  /**
   * Counts a lost connection, or an attempt that failed.
   *
   * @param openMs how long it was open; 0 when it never was.
   * @returns the delay before the next attempt, in ms; `undefined` when it is time to give up: the row is then over.
   */
  next(openMs: number): number | undefined {
    const { minDelayMs, maxDelayMs, maxAttempts } = this.#settings
    if (openMs >= STABLE_CONNECTION_MS) this.#failures = 0
    if (this.#failures < maxAttempts) return this.#random() * Math.min(maxDelayMs, minDelayMs * 2 ** this.#failures++)
    this.#failures = 0
    return undefined
  }
}
