/** A pending timer, to be given back to the clock that made it. */
export type Timer = object | number

/** The only source of time: passed in everywhere, so that tests decide what time it is. Seam; fake in `@wsrv/testing`. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number
  /** Runs `action` once after `delayMs`. */
  setTimeout(action: () => void, delayMs: number): Timer
  /** Forgets a timer; harmless when it has run, or there is none. */
  clearTimeout(timer: Timer | undefined): void
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (action, delayMs) => setTimeout(action, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}
