import { STABLE_CONNECTION_MS } from '@wsrv/protocol'
import type { ReconnectSettings } from './settings.ts'

/**
 * Counts a lost connection, or an attempt that failed, that was open for `openMs` (0: it never was).
 *
 * Returns the delay before the next attempt, in ms; `undefined` when it is time to give up, which ends the row of failures.
 */
export type Backoff = (openMs: number) => number | undefined

/**
 * The delays between attempts to connect: exponential backoff with full jitter.
 *
 * A row of failures ends with a connection that stays open for `STABLE_CONNECTION_MS`, not with one that merely opens: a
 * server that accepts and drops at once is failing too.
 *
 * @param random returns a number from 0 to below 1.
 */
export function createBackoff(
  { minDelayMs, maxDelayMs, maxAttempts }: ReconnectSettings,
  random: () => number,
): Backoff {
  let failures = 0
  return (openMs) => {
    if (openMs >= STABLE_CONNECTION_MS) failures = 0
    if (failures < maxAttempts) return random() * Math.min(maxDelayMs, minDelayMs * 2 ** failures++)
    failures = 0
    return undefined
  }
}
