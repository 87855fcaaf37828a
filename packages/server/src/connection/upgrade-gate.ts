import { type Clock, describe, HANDSHAKE_TIMEOUT_MS, RETRY_AFTER_MS, STATUS } from '@wsrv/protocol'
import type { Limits } from '../limits.ts'
import type { LimitName, UpgradeRefused } from '../observer/observer.ts'
import type { Reporter } from '../observer/reporter.ts'
import type { PendingUpgrade } from './adapter.ts'
import type { ConnectionCounts } from './connection-counts.ts'
import { type AllowedOrigins, isOriginAllowed } from './origin.ts'
import { checkHeaders, type UpgradeRefusal } from './refuse-upgrade.ts'
import type { UpgradeRequest } from './transport.ts'

/**
 * Decides whether an upgrade may become a connection, by its cookies, headers and url; asked after its origin was found
 * good. What is thrown refuses with 500 and is reported; so does a verdict of no known kind.
 *
 * For credentials in a message there is `authenticate`, whose refusal a browser's page can read; that of an upgrade it cannot.
 */
export type AuthorizeUpgrade = (request: UpgradeRequest) => UpgradeVerdict | Promise<UpgradeVerdict>

/** True lets the upgrade in, false refuses it with 403, a refusal of its own says anything more. */
export type UpgradeVerdict = boolean | UpgradeRefusal

/** What an {@link UpgradeGate} decides by. */
export interface UpgradeGateOptions {
  readonly clock: Clock
  readonly limits: Limits
  readonly reporter: Reporter
  readonly allowedOrigins: AllowedOrigins
  readonly authorizeUpgrade?: AuthorizeUpgrade | undefined
  /** The server's connections; an upgrade that waits for its verdict counts as one. */
  readonly connectionCounts: ConnectionCounts
  /** Takes an upgrade that is let in. */
  readonly accept: (upgrade: PendingUpgrade) => void
}

/** Accepts or refuses upgrades, each exactly once and in time. */
export class UpgradeGate {
  readonly #options: UpgradeGateOptions
  /** How to end the wait of each upgrade whose verdict is not there yet. */
  readonly #waiting = new Set<Settle>()
  /** Give back the places of hooks that have not ended. */
  readonly #places = new Set<() => void>()
  /** Set once the server shuts down: what every upgrade is answered with. */
  #closed: UpgradeRefusal | undefined

  constructor(options: UpgradeGateOptions) {
    this.#options = options
  }

  /** Takes an upgrade. */
  decide(upgrade: PendingUpgrade): void {
    const { authorizeUpgrade } = this.#options
    if (this.#closed !== undefined) this.#refuse(upgrade, this.#closed, 'closing')
    else if (!this.#isOriginAllowed(upgrade)) this.#refuse(upgrade, FORBIDDEN, 'origin')
    else if (!this.#hasRoom(upgrade)) this.#refuse(upgrade, unavailable(), 'limit')
    else if (authorizeUpgrade === undefined) this.#options.accept(upgrade)
    else this.#wait(upgrade, authorizeUpgrade)
  }

  /**
   * Refuses upgrades that wait and those that come.
   *
   * @param retryAfterMs sent with each refusal.
   */
  close(retryAfterMs: number): void {
    this.#closed = unavailable(retryAfterMs)
    for (const settle of this.#waiting) settle(this.#closed, 'closing')
    for (const release of this.#places) release()
  }

  #refuse(upgrade: PendingUpgrade, refusal: UpgradeRefusal, reason: UpgradeRefused['reason']): void {
    const { headers, socket } = upgrade.request
    const { origin, host } = headers
    // Its address is read before it is gone.
    const { remoteAddress } = socket
    upgrade.refuse(refusal)
    this.#options.reporter.upgradeRefused({ reason, status: refusal.status, origin, host, remoteAddress })
  }

  #settle(upgrade: PendingUpgrade, verdict: UpgradeVerdict, reason: UpgradeRefused['reason']): void {
    if (verdict === true) this.#options.accept(upgrade)
    else this.#refuse(upgrade, verdict === false ? FORBIDDEN : verdict, reason)
  }

  #hasRoom(upgrade: PendingUpgrade): boolean {
    const { connectionCounts, limits } = this.#options
    const limit = connectionCounts.fullBy(upgrade.request.socket)
    if (limit !== undefined) this.#reportLimit(limit, limits[limit], upgrade)
    return limit === undefined
  }

  #reportLimit(limit: LimitName, value: number, { request }: PendingUpgrade): void {
    const { remoteAddress } = request.socket
    this.#options.reporter.limitReached({ limit, value, remoteAddress })
  }

  #isOriginAllowed({ request }: PendingUpgrade): boolean {
    try {
      return isOriginAllowed(this.#options.allowedOrigins, request)
    } catch (error) {
      this.#options.reporter.failed({ kind: 'origin_check_threw', error })
      return false
    }
  }

  #wait(upgrade: PendingUpgrade, authorize: AuthorizeUpgrade): void {
    const { clock } = this.#options
    const settle: Settle = (verdict, reason) => {
      if (!this.#waiting.delete(settle)) return
      unwatch()
      this.#settle(upgrade, verdict, reason)
    }
    const unwatch = upgrade.watch(() => settle(false, 'authorize'))
    this.#waiting.add(settle)
    const timer = clock.setTimeout(() => {
      if (this.#waiting.has(settle)) this.#reportLimit('handshakeTimeoutMs', HANDSHAKE_TIMEOUT_MS, upgrade)
      release()
      settle(unavailable(), 'limit')
    }, HANDSHAKE_TIMEOUT_MS)
    const release = this.#takePlace(upgrade, () => clock.clearTimeout(timer))
    void this.#ask(authorize, upgrade.request).then((verdict) => {
      release()
      settle(verdict, 'authorize')
    })
  }

  /**
   * Takes a place until the hook has ended, or its time is up, whether or not its client has left: a hook costs what it costs.
   *
   * @returns a function that frees the place; harmless when called again.
   */
  #takePlace(upgrade: PendingUpgrade, released: () => void): () => void {
    const { connectionCounts } = this.#options
    const place = { remoteAddress: upgrade.request.socket.remoteAddress }
    connectionCounts.add(place)
    const release = (): void => {
      if (!this.#places.delete(release)) return
      released()
      connectionCounts.remove(place)
    }
    this.#places.add(release)
    return release
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

/** Ends the wait of an upgrade; harmless when it has ended. */
type Settle = (verdict: UpgradeVerdict, reason: UpgradeRefused['reason']) => void

const FORBIDDEN: UpgradeRefusal = { status: STATUS.forbidden }

/** Full, too late, or shutting down. RFC 9110 §10.2.3. */
function unavailable(retryAfterMs: number = RETRY_AFTER_MS): UpgradeRefusal {
  return { status: STATUS.unavailable, headers: { 'Retry-After': `${Math.ceil(retryAfterMs / MS_PER_SECOND)}` } }
}

const MS_PER_SECOND = 1_000

/** Only `true` lets in: neither a truthy value nor a status of success does. */
function expectVerdict(verdict: unknown): UpgradeVerdict {
  if (typeof verdict === 'boolean') return verdict
  const refusal = Object(verdict) as UpgradeRefusal
  if (!Number.isInteger(refusal.status) || refusal.status < MIN_REFUSAL || refusal.status > MAX_REFUSAL) {
    throw new TypeError(`authorizeUpgrade must return a boolean or a status from 300 to 599, got ${describe(verdict)}`)
  }
  checkHeaders(refusal)
  return refusal
}

/** RFC 9110 §15.4 to §15.6: everything that is not a success. */
const MIN_REFUSAL = 300
const MAX_REFUSAL = 599
