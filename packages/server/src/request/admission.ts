import { type Clock, EXTENSION, isReservedCmd } from '@wsrv/protocol'
import type { Limits } from '../limits.ts'
import { FloodBrake } from '../session/flood-brake.ts'
import type { LiveSession } from '../session/live-session.ts'
import { RateLimit } from '../session/rate-limit.ts'
import { USUAL_COST } from './command-checks.ts'
import {
  type RequestRefusal,
  shuttingDown,
  tooManyInFlight,
  tooManyPerSecond,
  UNAUTHENTICATED,
} from './request-refusal.ts'

/** Decides whether a session may ask anything at all now, whatever it asks. PROTOCOL.md §Bad input. */
export class Admission {
  readonly #limits: Limits
  readonly #rateLimit: RateLimit
  readonly #brake: FloodBrake
  /** Set once the server shuts down: what new requests are answered with. */
  #closed: RequestRefusal | undefined
  #concerns: (session: LiveSession) => boolean = () => true

  constructor({ clock, limits }: { readonly clock: Clock; readonly limits: Limits }) {
    this.#limits = limits
    this.#rateLimit = new RateLimit(clock, limits.maxRequestsPerSecond)
    this.#brake = new FloodBrake(clock)
  }

  /**
   * Refuses everything from now on.
   *
   * @param retryAfterMs what the refused are told.
   * @param concerns which sessions it is refused; default all.
   */
  close(retryAfterMs: number, concerns: (session: LiveSession) => boolean = () => true): void {
    this.#closed = shuttingDown(retryAfterMs)
    this.#concerns = concerns
  }

  /** The session has ended. */
  release(session: LiveSession): void {
    this.#brake.release(session)
  }

  /**
   * Why a request is not looked at any further; `undefined` when it is.
   *
   * @param cost what it takes of the session's requests per second.
   */
  refusalOf(session: LiveSession, cmd: string, cost: number = USUAL_COST): RequestRefusal | undefined {
    // The protocol's own commands are how a client gets in, gives up and shows life: they are served in every state.
    if (isReservedCmd(cmd)) return this.#refusalOfReserved(session, cmd)
    if (this.#closed !== undefined && this.#concerns(session)) return this.#closed
    if (session.inFlight.size + session.lingering >= this.#limits.maxInFlight) {
      this.#brake.note(session)
      return tooManyInFlight(this.#limits)
    }
    const retryAfterMs = this.#spend(session, cost)
    if (retryAfterMs > 0) return tooManyPerSecond(this.#limits, retryAfterMs)
    return session.isAccepted ? undefined : UNAUTHENTICATED
  }

  /** Takes more of a session's credit: what was refused cost more than an answer. */
  charge(session: LiveSession, cost: number): void {
    this.#rateLimit.charge(session, cost)
  }

  /** A session's first `$hello` costs nothing, so that a limit of one request per second still lets a client in. */
  #refusalOfReserved(session: LiveSession, cmd: string): RequestRefusal | undefined {
    const presents = presentsCredentials(cmd)
    if (presents && session.client === undefined) return undefined
    const retryAfterMs = this.#spend(session, presents ? AUTH_COST : USUAL_COST)
    return presents && retryAfterMs > 0 ? tooManyPerSecond(this.#limits, retryAfterMs) : undefined
  }

  /** @returns 0, or the time in ms until there is credit. */
  #spend(session: LiveSession, cost: number): number {
    const retryAfterMs = this.#rateLimit.spend(session, cost)
    if (retryAfterMs > 0) this.#brake.note(session)
    return retryAfterMs
  }
}

/** Whether a reserved command reaches the server's `authenticate`. */
export function presentsCredentials(cmd: string): boolean {
  return cmd === EXTENSION.hello || cmd === EXTENSION.auth
}

/** What presenting credentials takes of a session's requests per second: a hook asks a database, or hashes. */
const AUTH_COST = 10
