import type { BrokerEvent } from '../observer/observer.ts'
import type { Reporter } from '../observer/reporter.ts'
import type { Listeners } from '../session/listeners.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Sessions } from '../session/sessions.ts'
import type {
  Broker,
  BrokerLink,
  BrokerServer,
  Delivery,
  Loss,
  PresenceChange,
  RemoteMember,
  SessionRequest,
} from './broker.ts'

/** What this server's end of the broker needs of the rest. */
export interface PeersOptions {
  readonly broker: Broker
  readonly reporter: Reporter
  readonly sessions: Sessions
  readonly presence: Listeners<[change: PresenceChange]>
  /** Sends a push of another server to the local sessions it is for. */
  readonly deliver: (delivery: Delivery) => void
  /** Notifies the local sessions that may have missed pushes. */
  readonly lost: (loss: Loss) => void
}

/**
 * The other servers of the broker: what this one has for them, and what they ask of it. Whatever a broker does wrong is
 * reported and harms nothing.
 */
export class Peers implements BrokerServer {
  readonly #options: PeersOptions
  readonly #link: BrokerLink
  /** Sessions that cannot be reached from elsewhere yet. */
  readonly #arriving = new Map<string, Promise<void>>()

  constructor(options: PeersOptions) {
    this.#options = options
    this.#link = options.broker.join(this)
  }

  publish(delivery: Delivery): void {
    this.#guard(() => this.#link.publish(delivery))
  }

  /** A session began: it can be reached from elsewhere from now on. */
  began({ sid }: LiveSession): void {
    const arrives = this.#guard(() => this.#link.follow({ kind: 'session', sid }))
    if (arrives === undefined) return
    const arrived = (): void => void this.#arriving.delete(sid)
    this.#arriving.set(sid, arrives.then(arrived, arrived))
  }

  /** Resolves when a session that began can be reached from elsewhere, or the broker is away; `undefined` when it can be already. */
  reachable({ sid }: LiveSession): Promise<void> | undefined {
    return this.#arriving.get(sid)
  }

  /** A session ended. */
  ended({ sid }: LiveSession): void {
    this.#guard(() => this.#link.unfollow({ kind: 'session', sid }))
  }

  /**
   * A session joined a room, or shows another value in it.
   *
   * @returns resolves when pushes of other servers arrive; `undefined` when they do already.
   */
  joined(room: string, sid: string, value: unknown): Promise<void> | undefined {
    return this.#guard(() => {
      this.#link.enter(room, sid, value)
      return this.#link.follow({ kind: 'room', room })
    })
  }

  /** A session left a room. */
  left(room: string, sid: string, isLast: boolean): void {
    this.#guard(() => {
      this.#link.leave(room, sid)
      if (isLast) this.#link.unfollow({ kind: 'room', room })
    })
  }

  ask(sid: string, request: SessionRequest): Promise<boolean> {
    return this.#link.ask(sid, request)
  }

  count(room: string): Promise<number> {
    return this.#link.count(room)
  }

  members(room: string): Promise<readonly RemoteMember[]> {
    return this.#link.members(room)
  }

  get node(): string {
    return this.#link.node
  }

  async close(): Promise<void> {
    try {
      await this.#link.close()
    } catch (error) {
      this.#failed(error)
    }
  }

  deliver(delivery: Delivery): void {
    this.#guard(() => {
      checkPayload(delivery.payload)
      this.#options.deliver(delivery)
    })
  }

  lost(loss: Loss): void {
    this.#guard(() => this.#options.lost(loss))
  }

  async carryOut(sid: string, request: SessionRequest): Promise<boolean> {
    const session = this.#options.sessions.open.get(sid)
    if (session === undefined) return false
    return (await this.#guard(() => carryOut(session, request))) ?? false
  }

  presenceChanged(change: PresenceChange): void {
    this.#options.presence.notify(change)
  }

  report(event: BrokerEvent): void {
    this.#options.reporter.brokerEvent(event)
  }

  /** Runs what may throw, or reject; `undefined` when it did. */
  #guard<Result>(action: () => Result): Result | undefined {
    try {
      const result = action()
      if (result instanceof Promise) result.catch((error: unknown) => this.#failed(error))
      return result
    } catch (error) {
      this.#failed(error)
      return undefined
    }
  }

  #failed(error: unknown): void {
    this.#options.reporter.failed({ kind: 'broker_failed', error })
  }
}

/** A payload that is neither would fail when the session's queue is written, long after this. */
function checkPayload(payload: unknown): void {
  if (typeof payload === 'string' || payload instanceof Uint8Array) return
  throw new TypeError(`the payload of a delivery must be a string or bytes, got ${typeof payload}`)
}

/** Does what is asked of a local session; false when it cannot be done, as when the session is in enough rooms. */
export async function carryOut(session: LiveSession, request: SessionRequest): Promise<boolean> {
  if (request.kind === 'close') session.close(request.code, request.reason)
  else if (request.kind === 'leave') session.leave(request.room)
  else if (request.kind === 'join') return join(session, request.room)
  return true
}

async function join(session: LiveSession, room: string): Promise<boolean> {
  try {
    await session.join(room)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
