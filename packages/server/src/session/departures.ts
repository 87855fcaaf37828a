import type { Clock } from '@wsrv/protocol'
import type { LiveSession } from './live-session.ts'

/** How the sessions of a server that shuts down leave it. */
export interface DeparturesOptions {
  readonly clock: Clock
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
  readonly sessions: Iterable<LiveSession>
  /** Time over which their turns are spread, in ms. */
  readonly spreadMs: number
  /** Time each has to leave once it is its turn, in ms. */
  readonly drainMs: number
  /** Asks a session's client to go on elsewhere. PROTOCOL.md §$goaway. */
  readonly ask: (session: LiveSession) => void
  readonly end: (session: LiveSession) => void
}

/**
 * Lets sessions leave one after another, so that the servers that take them in are not asked for all at once. Until its turn
 * a session is served as ever. A client that can be asked to leaves by itself, when its calls are answered; any other is closed
 * when nothing of it is in flight.
 */
export class Departures {
  readonly #options: DeparturesOptions
  readonly #turns: readonly Turn[]
  #next = 0
  /** Those whose turn it is, with the time by which they have to be gone, in ms of the clock. */
  readonly #leaving = new Map<LiveSession, number>()
  #done: () => void = () => {}

  constructor(options: DeparturesOptions) {
    const { clock, random, sessions, spreadMs } = options
    const all = [...sessions]
    const begin = clock.now()
    this.#options = options
    // Even steps, each with its own random part: as random as the clients need, and never many in one moment.
    this.#turns = all.map((session, at) => ({ session, dueAt: begin + ((at + random()) / all.length) * spreadMs }))
  }

  /** Whether a session's new requests are to be refused: it leaves, and its client does not know. */
  refuses(session: LiveSession): boolean {
    return this.#leaving.has(session) && !canBeAsked(session)
  }

  /** Begins; resolves when the last one is gone. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve
      this.#tick()
    })
  }

  readonly #tick = (): void => {
    const { clock, end } = this.#options
    const now = clock.now()
    this.#begin(now)
    for (const [session, goneBy] of this.#leaving) {
      if (session.isOpen && (now >= goneBy || isDone(session))) end(session)
      if (!session.isOpen) this.#leaving.delete(session)
    }
    if (this.#next === this.#turns.length && this.#leaving.size === 0) this.#done()
    else clock.setTimeout(this.#tick, TICK_MS)
  }

  /** Begins the turns that are due. */
  #begin(now: number): void {
    const { drainMs, ask } = this.#options
    for (
      let turn = this.#turns[this.#next];
      turn !== undefined && turn.dueAt <= now;
      turn = this.#turns[++this.#next]
    ) {
      const { session } = turn
      if (!session.isOpen) continue
      this.#leaving.set(session, now + drainMs)
      if (canBeAsked(session)) ask(session)
    }
  }
}

interface Turn {
  readonly session: LiveSession
  /** By the clock, in ms. */
  readonly dueAt: number
}

/** How often turns begin, and leaving sessions are looked at, in ms. */
const TICK_MS = 50

/** Whether a client knows what it is asked: one that has asked for a session, and is connected. */
function canBeAsked({ resumable }: LiveSession): boolean {
  return resumable?.isAttached === true
}

function isDone(session: LiveSession): boolean {
  return !canBeAsked(session) && session.inFlight.size === 0
}
