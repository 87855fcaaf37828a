import type { Clock, Timer } from '@wsrv/protocol'
import type { LiveSession } from './live-session.ts'

/** What {@link AcceptanceExpiry} does about credentials that run out. */
export interface AcceptanceExpiryOptions {
  readonly clock: Clock
  /** Asks the client for others. */
  readonly renew: (session: LiveSession) => void
  /** Their time is over, and no others were accepted. */
  readonly expired: (session: LiveSession) => void
}

/** Ends sessions whose credentials are good for a while only, after it has asked for others. */
export class AcceptanceExpiry {
  readonly #options: AcceptanceExpiryOptions
  /** Those that end, with what waits for it. */
  readonly #waiting = new Map<LiveSession, Expiry>()

  constructor(options: AcceptanceExpiryOptions) {
    this.#options = options
  }

  /** Starts the time of newly accepted credentials, in place of that of earlier ones; `Infinity` for those that do not run out. */
  start(session: LiveSession, expiresInMs: number): void {
    this.stop(session)
    if (expiresInMs === Infinity) return
    const { clock, renew } = this.#options
    const endsAt = clock.now() + expiresInMs
    const aheadMs = Math.min(REAUTH_AHEAD_MS, expiresInMs / 2)
    this.#wait(session, { endsAt, delayMs: expiresInMs - aheadMs }, () => {
      renew(session)
      this.#wait(session, { endsAt, delayMs: endsAt - clock.now() }, () => this.#end(session))
    })
  }

  /** The credentials of one session are another's now, which got its connection. */
  move(from: LiveSession, to: LiveSession): void {
    const known = this.#waiting.get(from)
    this.stop(from)
    this.start(to, known === undefined ? Infinity : Math.max(1, known.endsAt - this.#options.clock.now()))
  }

  /** The session has ended, or is not accepted any more. */
  stop(session: LiveSession): void {
    const known = this.#waiting.get(session)
    if (known === undefined) return
    this.#options.clock.clearTimeout(known.timer)
    this.#waiting.delete(session)
  }

  #wait(session: LiveSession, { endsAt, delayMs }: { endsAt: number; delayMs: number }, then: () => void): void {
    this.#waiting.set(session, { endsAt, timer: this.#options.clock.setTimeout(then, delayMs) })
  }

  #end(session: LiveSession): void {
    this.#waiting.delete(session)
    this.#options.expired(session)
  }
}

/** Time for a client to fetch others, once for its own reconnecting and once more. */
const REAUTH_AHEAD_MS = 30_000

interface Expiry {
  /** In ms of the server's clock. */
  readonly endsAt: number
  readonly timer: Timer
}
