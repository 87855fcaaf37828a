import { type CommandError, WsrvClient } from '@wsrv/client'
import { CALL_TIMEOUT_MS } from '@wsrv/protocol'
import { assertNoLeaks, createSeededRandom, FakeClock, LossyTransport } from '@wsrv/testing'
import { Backend } from './backend.ts'
import type { Outage } from './outages.ts'

/** What became of a schedule's idempotent calls. */
export interface Verdict {
  readonly calls: number
  readonly succeeded: number
  /** What must not be, in words; empty when all is well. */
  readonly faults: readonly string[]
}

/** Clients with default options call at random moments around an outage, all on a fake clock; the same seed does the same. */
export async function play(outage: Outage, seed: number, calls: number): Promise<Verdict> {
  const schedule = new Schedule(outage, seed)
  await schedule.run(calls)
  const verdict = schedule.verdict()
  await schedule.end()
  return verdict
}

interface Attempt {
  readonly id: number
  readonly client: number
  readonly isIdempotent: boolean
  readonly madeAt: number
  outcome: string
}

class Schedule {
  readonly #outage: Outage
  readonly #random: () => number
  readonly #clock = new FakeClock()
  readonly #backend: Backend
  readonly #attempts: Attempt[] = []
  readonly #beganAt: number
  #links: readonly LossyTransport[] = []
  #clients: readonly WsrvClient[] = []
  #recoveredAt = Infinity

  constructor(outage: Outage, seed: number) {
    this.#outage = outage
    this.#random = createSeededRandom(seed)
    this.#beganAt = this.#between(1_000, 30_000)
    const handlerMs = (id: number): number => this.#between(0, 200) + slowMs(id)
    this.#backend = new Backend({ clock: this.#clock, handlerMs })
  }

  async run(calls: number): Promise<void> {
    this.#connect(Math.max(1, Math.round(calls / this.#between(1, 12))))
    // Beside those that are counted, some that must not run twice whatever happens.
    for (let n = 0; n < calls * 1.1; n += 1) {
      const client = Math.floor(this.#between(0, this.#clients.length))
      this.#after(this.#beganAt + this.#moment(), () => this.#call(client, n < calls))
    }
    this.#after(this.#beganAt, () => this.#begin())
    await this.#clock.advance(this.#beganAt + this.#outage.lastsMs + 2 * CALL_TIMEOUT_MS)
  }

  verdict(): Verdict {
    const counted = this.#attempts.filter(({ isIdempotent }) => isIdempotent)
    return {
      calls: counted.length,
      succeeded: counted.filter(({ outcome }) => outcome === 'ok').length,
      faults: this.#attempts.flatMap((attempt) => {
        const fault = this.#faultOf(attempt)
        const { client, madeAt } = attempt
        return fault ? [`client ${client}, call at ${Math.round(madeAt - this.#beganAt)} ms: ${fault}`] : []
      }),
    }
  }

  async end(): Promise<void> {
    for (const client of this.#clients) client.close()
    await this.#clock.settle()
    const closed = this.#backend.close()
    await this.#clock.advance(60_000)
    await closed
    for (const { clientTransport } of this.#backend.networks)
      assertNoLeaks({ clock: this.#clock, transport: clientTransport })
  }

  /** Some schedules have many clients that make one call, others few that make many: each may help or hinder the next. */
  #connect(count: number): void {
    this.#links = Array.from({ length: count }, () => {
      const link = new LossyTransport(this.#backend, { clock: this.#clock, random: this.#random })
      Object.assign(link.rules, { minDelayMs: this.#between(0, 40), maxDelayMs: this.#between(40, 150) })
      return link
    })
    this.#clients = this.#links.map(
      (transport) =>
        new WsrvClient('ws://backend/', { clock: this.#clock, random: this.#random, transport, onProblem: () => {} }),
    )
  }

  #begin(): void {
    this.#outage.begin({
      backend: this.#backend,
      links: this.#links,
      between: (min, max) => this.#between(min, max),
      after: (delayMs, action) => this.#after(delayMs, action),
      recovered: () => {
        this.#recoveredAt = this.#clock.now()
      },
    })
  }

  #call(client: number, isIdempotent: boolean): void {
    const madeAt = this.#clock.now()
    const attempt: Attempt = { id: this.#attempts.length, client, isIdempotent, madeAt, outcome: 'pending' }
    this.#attempts.push(attempt)
    const info = { cmd: isIdempotent ? 'again' : 'once', idempotent: isIdempotent }
    this.#clients[client]?.call<{ id: number }>(info, { id: attempt.id }).then(
      ({ id }) => {
        attempt.outcome = id === attempt.id ? 'ok' : `pending, with the answer of ${id}`
      },
      (error: CommandError) => {
        attempt.outcome = error.message
      },
    )
  }

  /** What must not have become of a call, in words; empty when all is well. */
  #faultOf({ id, isIdempotent, madeAt, outcome }: Attempt): string {
    const runs = this.#backend.runsOf(id)
    if (runs.most > 1) return `ran ${runs.most} times in one process`
    if (runs.all > 1 && !(this.#outage.isCrash && isIdempotent)) return `ran ${runs.all} times`
    if (outcome === 'ok') return runs.all > 0 ? '' : 'succeeded without a run'
    if (outcome.startsWith('pending')) return outcome
    const leftMs = madeAt + CALL_TIMEOUT_MS - Math.max(this.#recoveredAt, madeAt)
    const isOwed = isIdempotent && leftMs >= OWED_MS + slowMs(id)
    return isOwed ? `failed with ${Math.round(leftMs)} ms left: ${outcome}` : ''
  }

  /** When to call, in ms after the beginning: half of all near the beginning, or near the last moment that is owed an answer. */
  #moment(): number {
    const { lastsMs } = this.#outage
    const kind = this.#between(0, 4)
    if (kind < 1) return this.#between(-500, 500)
    const lastMs = lastsMs - CALL_TIMEOUT_MS + OWED_MS
    return kind < 2 ? this.#between(lastMs - 500, lastsMs + 500) : this.#between(-1_000, lastsMs + 2_000)
  }

  #between(min: number, max: number): number {
    return min + this.#random() * (max - min)
  }

  #after(delayMs: number, action: () => void): void {
    this.#clock.setTimeout(action, Math.max(0, delayMs))
  }
}

/** Time of its deadline that a call must have left for it to be owed an answer, in ms. */
const OWED_MS = 3_000

/** What a call's handler takes beside the usual, in ms. */
function slowMs(id: number): number {
  return id % 50 === 7 ? 2_000 : 0
}
