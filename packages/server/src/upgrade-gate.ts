import { type Clock, CONNECT_TIMEOUT_MS, describe, STATUS } from '@wsrv/protocol'
import type { Arrival } from './entrance.ts'
import { type AllowedOrigins, isOriginAllowed } from './origin.ts'
import { checkHeaders, type UpgradeRefusal } from './refuse-upgrade.ts'
import type { Reporter } from './reporter.ts'
import type { UpgradeRequest } from './upgrade-request.ts'

/**
 * Decides whether an upgrade may become a connection, by its cookies, headers and url; asked after its origin was found
 * good. What is thrown refuses with 500 and is reported; so does a verdict of no known kind.
 *
 * For credentials in a message there is `authenticate`, whose refusal a browser's page can read; that of an upgrade it cannot.
 */
export type AuthorizeUpgrade = (request: UpgradeRequest) => UpgradeVerdict | Promise<UpgradeVerdict>

/** True lets the upgrade in, false refuses it with 403, anything more is told by a refusal of its own. */
export type UpgradeVerdict = boolean | UpgradeRefusal

/** What an {@link UpgradeGate} decides by. */
export interface UpgradeGateOptions {
  readonly clock: Clock
  readonly reporter: Reporter
  readonly allowedOrigins: AllowedOrigins
  readonly authorizeUpgrade?: AuthorizeUpgrade | undefined
  /** Takes an upgrade that is let in. */
  readonly enter: (arrival: Arrival) => void
}

/** Lets upgrades in or refuses them, each exactly once and in time. */
export class UpgradeGate {
  readonly #options: UpgradeGateOptions
  /** How to end the wait of each upgrade whose verdict is not there yet. */
  readonly #waiting = new Set<(verdict: UpgradeVerdict) => void>()
  #isClosed = false

  constructor(options: UpgradeGateOptions) {
    this.#options = options
  }

  /** Takes an upgrade. */
  arrive(arrival: Arrival): void {
    const { authorizeUpgrade, enter } = this.#options
    if (this.#isClosed) arrival.refuse(SHUTTING_DOWN)
    else if (!this.#isOriginAllowed(arrival)) arrival.refuse(FORBIDDEN)
    else if (authorizeUpgrade === undefined) enter(arrival)
    else this.#wait(arrival, authorizeUpgrade)
  }

  /** Refuses those who wait and those who come; idempotent. */
  close(): void {
    this.#isClosed = true
    for (const settle of this.#waiting) settle(SHUTTING_DOWN)
  }

  #isOriginAllowed({ request }: Arrival): boolean {
    try {
      return isOriginAllowed(this.#options.allowedOrigins, request)
    } catch (error) {
      this.#options.reporter.failed({ kind: 'origin_check_threw', error })
      return false
    }
  }

  #wait(arrival: Arrival, authorize: AuthorizeUpgrade): void {
    const { clock, enter } = this.#options
    const settle = (verdict: UpgradeVerdict): void => {
      if (!this.#waiting.delete(settle)) return
      clock.clearTimeout(timer)
      unwatch()
      if (verdict === true) enter(arrival)
      else arrival.refuse(verdict === false ? FORBIDDEN : verdict)
    }
    const unwatch = arrival.watch(() => settle(false))
    const timer = clock.setTimeout(() => settle(TOO_LATE), UPGRADE_TIMEOUT_MS)
    this.#waiting.add(settle)
    void this.#ask(authorize, arrival.request).then(settle)
  }

  async #ask(authorize: AuthorizeUpgrade, request: UpgradeRequest): Promise<UpgradeVerdict> {
    try {
      return expectVerdict(await authorize(request))
    } catch (error) {
      this.#options.reporter.failed({ kind: 'authorize_failed', error })
      return { status: STATUS.internal }
    }
  }
}

/** Time there is for a verdict, in ms: a client waits no longer for its connection. */
const UPGRADE_TIMEOUT_MS = CONNECT_TIMEOUT_MS

const FORBIDDEN: UpgradeRefusal = { status: STATUS.forbidden }
const SHUTTING_DOWN: UpgradeRefusal = { status: STATUS.unavailable }
const TOO_LATE: UpgradeRefusal = { status: STATUS.unavailable }

/** Only `true` lets in: neither a truthy value nor a status of success does. */
function expectVerdict(verdict: unknown): UpgradeVerdict {
  if (typeof verdict === 'boolean') return verdict
  const refusal = Object(verdict) as UpgradeRefusal
  if (!Number.isInteger(refusal.status) || refusal.status < MIN_REFUSAL || refusal.status > MAX_REFUSAL) {
    throw new TypeError(`authorizeUpgrade must give a boolean or a status from 300 to 599, got ${describe(verdict)}`)
  }
  checkHeaders(refusal)
  return refusal
}

/** RFC 9110 §15.4 to §15.6: everything that is not a success. */
const MIN_REFUSAL = 300
const MAX_REFUSAL = 599
