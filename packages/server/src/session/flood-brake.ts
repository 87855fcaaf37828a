import {
  CLOSE,
  type Clock,
  MAX_REFUSALS_PER_SECOND,
  MAX_UNSTOPPABLE_REFUSALS,
  PAUSE_BYTES,
  RETRY_AFTER_MS,
  type Timer,
} from '@wsrv/protocol'
import type { ServerConnection } from '../connection/transport.ts'

/** What a session is over its rate by. */
export interface BrakeState {
  readonly link: { readonly connection: ServerConnection }
  /** Messages for which there was no credit, since {@link refusedSince}. */
  refusals: number
  /** In ms of the server's clock. */
  refusedSince: number
  /** There while the session's messages are left unread. */
  brake: Timer | undefined
  close(code: number, reason: string): void
}

/**
 * Stops reading a session that goes on asking though it is over its rate: a refusal costs as much as many an answer.
 *
 * Some refusals are answered, so that an honest client learns when to come back; then the peer's messages stay in its own hands
 * for a second, by which time there is credit again. Where the transport goes on receiving them, one that does not stop is closed.
 * PROTOCOL.md §Limits, `MAX_REFUSALS_PER_SECOND` and `MAX_UNSTOPPABLE_REFUSALS`.
 */
export class FloodBrake {
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A message came for which there was no credit. */
  note(session: BrakeState): void {
    const now = this.#clock.now()
    if (now - session.refusedSince >= RETRY_AFTER_MS) {
      session.refusedSince = now
      session.refusals = 0
    }
    session.refusals += 1
    if (session.refusals <= MAX_REFUSALS_PER_SECOND) return
    const { connection } = session.link
    if (connection.isUnstoppable && session.refusals > MAX_UNSTOPPABLE_REFUSALS) {
      session.close(CLOSE.slow_reader, 'goes on over its rate')
      return
    }
    if (session.brake !== undefined) return
    connection.pause()
    session.brake = this.#clock.setTimeout(() => this.#readAgain(session), RETRY_AFTER_MS)
  }

  /** The session has ended. */
  release(session: BrakeState): void {
    if (session.brake !== undefined) this.#clock.clearTimeout(session.brake)
    session.brake = undefined
  }

  #readAgain(session: BrakeState): void {
    session.brake = undefined
    session.refusals = 0
    const { connection } = session.link
    // A reader that is behind as well is read again when it has caught up.
    if (connection.bufferedBytes < PAUSE_BYTES) connection.resume()
  }
}
