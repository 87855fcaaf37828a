import type { TransportEvents } from '@wsrv/client'
import { CLOSE } from '@wsrv/protocol'
import { createSeededRandom, FakeClock } from '@wsrv/testing'
import { Backend, WINDOW_MS } from './backend.ts'
import type { CallData } from './contract.ts'
import { Link } from './link.ts'
import { Tab } from './tab.ts'
import { drawWeights, type Kind, WEIGHTS } from './weights.ts'
import { type Stolen, WireWatch } from './wire-watch.ts'

type Action = readonly [weight: number, act: () => unknown]

/** A rule of PROTOCOL.md §Sessions was broken. */
class Violation extends Error {}

/** Clients, a server and everything between them, of which each step is drawn. */
export class World {
  readonly trace: string[] = []
  readonly counts = new Map<string, number>()
  readonly #random: () => number
  readonly #clock = new FakeClock()
  readonly #tabs: Tab[]
  readonly #watch: WireWatch
  readonly #hasHook: boolean
  readonly #runs = new Map<string, number>()
  readonly #histories = new Map<string, Backend>()
  readonly #backends: Backend[] = []
  #weights: Readonly<Record<Kind, number>>
  #links: Link[] = []
  readonly #remains: (() => void)[] = []
  #backend: Backend
  #isFaulty = true
  #garbles = 0
  #broadcasts = 0
  #linksMade = 0
  #violation: string | undefined

  constructor(seed: number) {
    const random = createSeededRandom(seed)
    this.#random = random
    this.#hasHook = random() < 0.5
    this.#weights = drawWeights(random)
    this.#watch = new WireWatch({
      bad: (why) => this.#bad(why),
      isCurrent: (link) => this.#tabs[link.tab]?.link === link,
      has: (sid) => this.#backend.server.sessions.has(sid),
      granted: (sid) => {
        this.#histories.set(sid, this.#backend)
        this.#backend.granted(sid)
      },
    })
    this.#backend = this.#start()
    this.#tabs = Array.from({ length: random() < 0.4 ? 1 : 2 }, (_, index) => this.#open(index))
  }

  /** Lives, then heals, then is looked at. */
  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) await this.#step()
    await this.#heal()
    await this.#end()
  }

  #start(): Backend {
    const backend: Backend = new Backend({
      clock: this.#clock,
      random: this.#random,
      hasHook: this.#hasHook,
      ran: (call, by) => this.#ran(call, by),
      ended: (sid, reason) => {
        this.#log(`  session ${sid} ended: ${reason}`)
        this.#watch.ended(sid, reason)
      },
    })
    this.#backends.push(backend)
    return backend
  }

  #open(index: number): Tab {
    return new Tab({
      index,
      clock: this.#clock,
      random: this.#random,
      hasHook: this.#hasHook,
      connect: (tab, events) => this.#connect(index, events, tab),
      history: (sid) => this.#histories.get(sid)?.history.get(sid) ?? [],
      runsOf: (id) => this.#runs.get(id) ?? 0,
      bad: (why) => this.#bad(why),
      log: (what) => this.#log(what),
      count: (what) => this.#count(what),
    })
  }

  /** @param tab `undefined` for a thief's connection. */
  #connect(index: number, events: TransportEvents, tab?: Tab): Link {
    const watcher = {
      random: this.#random,
      wrote: (from: Link, payload: string) => {
        this.#log(`S→${from.tab} link ${from.id} ${payload.slice(0, 220)}`)
        this.#watch.wrote(from, payload)
      },
      closed: (from: Link, code: number) => {
        this.#log(`S→${from.tab} link ${from.id} close ${code}`)
        if (code === CLOSE.session_taken) this.#watch.refusedAsLate(from)
      },
      carried: (from: Link, payload: string, direction: 'c2s' | 's2c') =>
        this.#carried(from, payload, { direction, tab }),
    }
    this.#linksMade += 1
    const link = new Link(this.#linksMade, index, { client: events, watcher })
    this.#log(`tab ${index} dials link ${link.id}`)
    this.#links.push(link)
    const backend = this.#backend
    queueMicrotask(() => {
      if (link.isClientOpen && link.isServerOpen) backend.connect(link)
    })
    return link
  }

  #carried(link: Link, payload: string, to: { direction: 'c2s' | 's2c'; tab: Tab | undefined }): string {
    const { direction, tab } = to
    this.#log(`  ${direction === 'c2s' ? 'S' : `tab ${link.tab}`} takes link ${link.id} ${payload.slice(0, 120)}`)
    if (direction === 'c2s') this.#watch.asked(link, payload)
    else if (tab?.link === link) this.#welcome(tab, payload)
    if (this.#garbles === 0 || !payload.includes('"seqno"') || payload.includes('"cmd":"$')) return payload
    if (direction === 's2c' && !payload.includes(`"id":"${link.tab}.`)) return payload
    this.#garbles -= 1
    this.#count('garbled')
    this.#log('  garbled')
    return payload.slice(0, payload.indexOf('"data"'))
  }

  #welcome(tab: Tab, payload: string): void {
    if (!payload.includes('"cmd":"$hello"')) return
    const { data } = JSON.parse(payload) as { readonly data: { readonly session?: { readonly sid: string } } }
    if (data.session !== undefined) tab.welcomed(data.session.sid)
  }

  #ran({ id, as }: CallData, { cmd, identity }: { readonly cmd: string; readonly identity: string | undefined }): void {
    const runs = (this.#runs.get(id) ?? 0) + 1
    this.#runs.set(id, runs)
    this.#log(`  ${id} runs`)
    if (cmd === 'once' && runs > 1) this.#bad(`call ${id} ran ${runs} times`)
    if (this.#hasHook && identity !== as) this.#bad(`call ${id} made as ${as} runs as ${identity}`)
  }

  async #step(): Promise<void> {
    const actions = this.#actions()
    let rest = this.#random() * actions.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, act] of actions) {
      rest -= weight
      if (rest > 0) continue
      await act()
      break
    }
    await new Promise((resolve) => setImmediate(resolve))
    if (this.#violation !== undefined) throw new Violation(this.#violation)
    this.#links = this.#links.filter((link) => link.isClientOpen || link.isServerOpen)
  }

  #actions(): Action[] {
    const actions: Action[] = []
    const put = (kind: Kind, act: () => unknown): void => {
      if (this.#weights[kind] > 0) actions.push([this.#weights[kind], act])
    }
    for (const link of this.#links) this.#linkActions(link, put)
    for (const tab of this.#tabs) this.#tabActions(tab, put)
    const { verdicts, handlers } = this.#backend
    if (verdicts.length > 0) put('verdict', () => this.#draw(verdicts)())
    if (handlers.length > 0) put('finish', () => this.#draw(handlers)())
    put('time', () => this.#clock.advance(this.#random() < 0.05 ? this.#random() * 40_000 : this.#random() * 1_000))
    if (this.#isFaulty) this.#faults(put)
    return actions
  }

  #linkActions(link: Link, put: (kind: Kind, act: () => unknown) => void): void {
    if (link.c2s.length > 0 && link.isServerOpen) put('c2s', () => link.stepToServer())
    if (link.s2c.length > 0 && link.isClientOpen && !link.isStalled) put('s2c', () => link.stepToClient())
    if (!link.isClientOpen && link.isServerOpen && link.c2s.length === 0) put('notice', () => link.cutServer())
    if (!link.isServerOpen && link.isClientOpen && link.s2c.length === 0) put('notice', () => link.noticeAtClient())
    if (!this.#isFaulty || !link.isClientOpen || !link.isServerOpen) return
    put('cutClient', () => this.#fault(`cut at client, link ${link.id}`, () => link.cutClient()))
    put('cutServer', () => this.#fault(`cut at server, link ${link.id}`, () => link.cutServer()))
    put('stall', () => this.#fault(`stall link ${link.id}`, () => (link.isStalled = true)))
  }

  #tabActions(tab: Tab, put: (kind: Kind, act: () => unknown) => void): void {
    if (!this.#isFaulty) return
    const { client } = tab
    const timeoutMs = this.#random() < 0.3 ? this.#random() * 20_000 : 600_000
    if (tab.pending.length < 5) put('call', () => tab.call(this.#random() < 0.4, timeoutMs))
    const [pending] = tab.pending
    if (pending !== undefined) put('give', () => pending.controller.abort('given up'))
    if (client.state === 'connecting') put('abandon', () => this.#fault('abandon', () => tab.link?.cutClient()))
    if (client.state === 'waiting' && tab.known !== undefined && this.#hasHook)
      put('identity', () => this.#fault('identity', () => this.#switch(tab)))
    if (client.state === 'open') put('close', () => this.#fault('reconnect', () => void client.reconnect()))
  }

  #faults(put: (kind: Kind, act: () => unknown) => void): void {
    for (const sid of this.#backend.server.sessions.keys())
      put('push', () => this.#backend.push(sid, this.#random() < 0.5 ? 'chat' : 'price'))
    put('broadcast', () => this.#broadcast())
    put('garble', () => (this.#garbles += 1))
    if (this.#watch.stolen.length > 0) put('steal', () => this.#steal())
    put('restart', () => this.#fault('server restarts', () => this.#restart()))
  }

  #broadcast(): void {
    this.#broadcasts += 1
    this.#log(`broadcast ${this.#broadcasts}`)
    this.#backend.broadcast(this.#broadcasts)
  }

  #switch(tab: Tab): void {
    tab.identity = tab.identity === 'ann' ? 'bob' : 'ann'
  }

  #restart(): void {
    for (const link of this.#links) this.#remains.push(link.kill())
    this.#backend = this.#start()
  }

  /** A copied token, from another holder, or by another identity. */
  #steal(): void {
    const { sid, token, holder, identity } = this.#watch.stolen.at(-1) as Stolen
    const isClone = !this.#hasHook || this.#random() < 0.5
    const session = { sid, token, try: 1_000, seen: 0, holder: isClone ? 'a copied tab' : holder }
    const data = { client: 'thief', auth: isClone ? identity : 'mallory', session }
    this.#count('stolen')
    const link = this.#connect(-1, {
      opened: () => queueMicrotask(() => link.connection.send(JSON.stringify({ cmd: '$hello', seqno: 'thief', data }))),
      received: () => {},
      closed: () => {},
    })
  }

  #fault(what: string, act: () => unknown): void {
    this.#log(what)
    this.#count(what.split(',')[0]?.replace(/ link \d+/, '') ?? what)
    act()
  }

  /** Everything arrives from now on. */
  async #heal(): Promise<void> {
    this.#log('--- healed')
    this.#isFaulty = false
    this.#garbles = 0
    this.#weights = { ...WEIGHTS, time: 1 }
    for (const link of this.#links) {
      if (link.tab < 0 || link.isStalled) link.cutClient()
    }
    for (let step = 0; step < 1_500 && this.#unfinished() !== undefined; step += 1) await this.#step()
    const unfinished = this.#unfinished()
    if (unfinished !== undefined) throw new Violation(`after healing ${unfinished}`)
  }

  #unfinished(): string | undefined {
    for (const tab of this.#tabs) {
      const unfinished = tab.unfinished()
      if (unfinished !== undefined) return unfinished
    }
    if (this.#links.some((link) => link.c2s.length + link.s2c.length > 0)) return 'messages are on their way'
    return this.#backend.handlers.length > 0 ? 'handlers run' : undefined
  }

  /** Everybody leaves: nothing stays behind. */
  async #end(): Promise<void> {
    for (const { client } of this.#tabs) client.close()
    for (const link of this.#links) {
      while (link.c2s.length > 0 && link.isServerOpen) link.stepToServer()
      link.cutServer()
    }
    await this.#clock.advance(WINDOW_MS + 1_000)
    const [sid] = this.#backend.server.sessions.keys()
    if (sid !== undefined) throw new Violation(`session ${sid} is there for ever`)
    for (const bury of this.#remains) bury()
    const closed = Promise.all(this.#backends.map(({ server }) => server.close({ drainMs: 0 })))
    await this.#clock.advance(1_000)
    await closed
    if (this.#clock.pendingTimers > 0) throw new Violation(`${this.#clock.pendingTimers} timers are left`)
    if (this.#violation !== undefined) throw new Violation(this.#violation)
  }

  #draw(from: (() => void)[]): () => void {
    return from.splice(Math.floor(this.#random() * from.length), 1)[0] as () => void
  }

  #bad(why: string): void {
    this.#log(`VIOLATION ${why}`)
    this.#violation ??= why
  }

  #log(what: string): void {
    this.trace.push(`${Math.round(this.#clock.now())} ${what}`)
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }
}
