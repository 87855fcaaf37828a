/** A pending timer, to be given back to the clock that made it. */
export type Timer = object | number

/** The only source of time: passed in everywhere, so that tests decide what time it is. Seam; fake in `@wsrv/testing`. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number
  /** Runs `action` once after `delayMs`, or after {@link MAX_TIMER_MS} when that is sooner. */
  setTimeout(action: () => void, delayMs: number): Timer
  /** Forgets a timer; harmless when it has run, and for `undefined`. */
  clearTimeout(timer: Timer | undefined): void
}

/** Longest delay that JavaScript's timers know, in ms: 24.8 days. A longer one would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (action, delayMs) => setTimeout(action, Math.min(delayMs, MAX_TIMER_MS)),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}
