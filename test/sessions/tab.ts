import { CommandError, type ConnectionClose, type TransportEvents, WsrvClient } from '@wsrv/client'
import type { FakeClock } from '@wsrv/testing'
import type { Pushed } from './backend.ts'
import { type Api, PUSHES, type PushData } from './contract.ts'
import type { Link } from './link.ts'

/** What a {@link Tab} asks of the world. */
export interface TabOptions {
  readonly index: number
  readonly clock: FakeClock
  readonly random: () => number
  readonly hasHook: boolean
  readonly connect: (tab: Tab, events: TransportEvents) => Link
  readonly history: (sid: string) => readonly Pushed[]
  readonly runsOf: (id: string) => number
  /** A rule is broken. */
  readonly bad: (why: string) => void
  readonly log: (what: string) => void
  readonly count: (what: string) => void
}

/** One call and how often it has settled. */
interface MadeCall {
  readonly id: string
  readonly controller: AbortController
  settled: number
}

/** A real client, and everything that its application was told, held against what the server was asked to do. */
export class Tab {
  readonly client: WsrvClient<Api['pushes']>
  readonly calls: MadeCall[] = []
  /** The connection that the client uses now. */
  link: Link | undefined
  /** Whom the client's credentials name. */
  identity: string
  /** Whom the server knows it to be, as far as the client can tell: whose calls it makes. */
  known: string | undefined
  /** What the newest answer to `$hello` says that the client has. */
  sid = ''
  readonly #options: TabOptions
  /** Place in the session's history of the last push that came. */
  #last = 0
  /** Pushes that the application was told it missed since then, by name. */
  #told = new Map<string, number>()
  readonly #broadcasts = new Set<number>()
  #isTold = true

  constructor(options: TabOptions) {
    this.#options = options
    this.identity = 'ann'
    this.client = new WsrvClient<Api['pushes']>('ws://world/', {
      clock: options.clock,
      random: options.random,
      transport: { connect: (_, events) => this.#connect(events) },
      reconnect: { minDelayMs: 20, maxDelayMs: 500 },
      onProblem: ({ kind, error }) => options.log(`  tab ${options.index} reports ${kind}: ${error}`),
      ...(options.hasHook && { auth: () => this.identity }),
    })
    for (const name of PUSHES) {
      this.client.on(name, (data) => this.#pushed(name, data))
      this.client.onGap(name, ({ count }) => this.#missed(name, count))
    }
    this.client.onSession(({ recovered, why }) => this.#session(recovered, why))
  }

  /** Calls that have not settled. */
  get pending(): readonly MadeCall[] {
    return this.calls.filter(({ settled }) => settled === 0)
  }

  /** Makes a call. */
  call(isIdempotent: boolean, timeoutMs: number): void {
    const { index, bad, runsOf, count, log } = this.#options
    const call: MadeCall = { id: `${index}.${this.calls.length}`, controller: new AbortController(), settled: 0 }
    this.calls.push(call)
    const settle = (how: string): void => {
      call.settled += 1
      log(`  call ${call.id} ${how}`)
      count(how)
      if (call.settled > 1) bad(`call ${call.id} settled twice`)
      if (how === 'ok' && runsOf(call.id) === 0) bad(`call ${call.id} is ok and never ran`)
    }
    const info = { cmd: isIdempotent ? 'again' : 'once', idempotent: isIdempotent }
    const data = { id: call.id, as: this.known ?? this.identity }
    this.client.call<{ id: string }>(info, data, { timeoutMs, signal: call.controller.signal }).then(
      ({ id }) => (id === call.id ? settle('ok') : bad(`call ${call.id} has the answer of ${id}`)),
      (error: unknown) => settle(error instanceof CommandError ? error.code : String(error)),
    )
  }

  /** The answer to `$hello` arrives. */
  welcomed(sid: string): void {
    this.known = this.identity
    if (sid === this.sid) return
    this.#isTold = this.sid === ''
    this.sid = sid
    this.#last = 0
    this.#told = new Map()
  }

  /** What is wrong once the network is well and everything has arrived; `undefined` when nothing is. */
  unfinished(): string | undefined {
    const { index, history } = this.#options
    const name = `tab ${index}`
    if (this.client.state !== 'open') return `${name} is ${this.client.state}`
    const [call] = this.pending
    if (call !== undefined) return `${name}: call ${call.id} is pending`
    const missing = this.#missing(history(this.sid).length)
    if (missing !== undefined) return `${name}: ${missing}`
    return this.#isTold ? undefined : `${name} was not told that its session is another`
  }

  #connect(events: TransportEvents): Link['connection'] {
    const watched: TransportEvents = {
      ...events,
      opened: () => events.opened(),
      received: (payload) => events.received(payload),
      closed: (close: ConnectionClose) => {
        if (this.link === link) this.link = undefined
        events.closed(close)
      },
    }
    const link = this.#options.connect(this, watched)
    this.link = link
    return link.connection
  }

  #session(recovered: boolean, why: string | undefined): void {
    this.#options.log(`  tab ${this.#options.index} session ${recovered ? 'recovered' : `lost: ${why}`}`)
    this.#options.count(recovered ? 'recovered' : 'lost')
    if (!recovered) this.#isTold = true
  }

  #pushed(name: string, { sid, id, broadcast }: PushData): void {
    const { index, bad, history } = this.#options
    if (broadcast !== undefined) {
      if (this.#broadcasts.has(broadcast)) bad(`tab ${index} got broadcast ${broadcast} twice`)
      this.#broadcasts.add(broadcast)
    } else if (sid !== this.sid) bad(`tab ${index} in ${this.sid} got a push of ${sid}`)
    const place = broadcast === undefined ? id : 1 + history(this.sid).findIndex((one) => one.broadcast === broadcast)
    // One that came before the session began is in no history.
    if (place === 0) return
    if (place <= this.#last) bad(`tab ${index} got ${name} ${place} after ${this.#last}`)
    const missing = this.#missing(place - 1)
    if (missing !== undefined) bad(`tab ${index} got ${name} ${place}: ${missing}`)
    this.#last = place
    this.#told = new Map()
  }

  #missed(name: string, count: number | undefined): void {
    this.#options.log(`  tab ${this.#options.index} told of ${count} missing ${name}`)
    if (count === undefined) return
    this.#options.count('gap')
    this.#told.set(name, (this.#told.get(name) ?? 0) + count)
  }

  /** How what was told differs from what is missing up to a place. */
  #missing(place: number): string | undefined {
    const { history } = this.#options
    for (const name of PUSHES) {
      const missing = history(this.sid)
        .slice(this.#last, place)
        .filter((one) => one.name === name).length
      const told = this.#told.get(name) ?? 0
      if (missing !== told) return `${missing} ${name} missing after ${this.#last}, told of ${told}`
    }
    return undefined
  }
}
