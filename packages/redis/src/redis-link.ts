import { randomChars } from '@wsrv/protocol'
import {
  BrokerError,
  type BrokerLink,
  type BrokerServer,
  type Delivery,
  type RemoteMember,
  type SessionRequest,
  type Target,
} from '@wsrv/server'
import { Incoming } from './incoming.ts'
import { KeptLink } from './kept-link.ts'
import { Lease } from './lease.ts'
import { type Entry, encodeEntry, encodeMessage, type PresenceNews } from './message.ts'
import { Names } from './names.ts'
import { Outage } from './outage.ts'
import { Outgoing } from './outgoing.ts'
import { Presence } from './presence.ts'
import { Probe } from './probe.ts'
import { Questions } from './questions.ts'
import { Receiver, UNJOINED } from './receiver.ts'
import type { CommandLink, RedisPort, SubscriptionLink } from './redis-port.ts'
import type { Settings } from './settings.ts'
import { Ticker } from './ticker.ts'

/** One server's end of the broker: wires the queue, the subscriptions, presence, questions and the probe. */
export class RedisLink implements BrokerLink {
  readonly node: string
  #server: BrokerServer = UNJOINED
  readonly #names: Names
  readonly #commands: KeptLink<CommandLink>
  readonly #subscriptions: KeptLink<SubscriptionLink>
  readonly #outgoing: Outgoing
  readonly #incoming: Incoming
  readonly #presence: Presence
  readonly #questions: Questions
  readonly #probe: Probe
  readonly #receiver: Receiver
  readonly #lease: Lease
  readonly #outage: Outage
  readonly #ticker: Ticker
  /** Whether everything was subscribed once: what is missed before had no receiver. */
  #wasSubscribed = false
  #opened: (() => void) | undefined
  #closing: Promise<void> | undefined

  /** Opens nothing yet: see {@link open}. */
  constructor(port: RedisPort, settings: Settings) {
    const { clock, random, probeIntervalMs, leaseMs } = settings
    this.node = randomChars(NODE_CHARS, random)
    this.#names = new Names(settings.prefix, port.partitions)
    const link = () => this.#commands.current
    const failed = (error: Error, past: CommandLink) => this.#commands.drop(error, past)
    const report: BrokerServer['report'] = (event) => this.#server.report(event)
    const before = () => this.#presence.flush()
    this.#outgoing = new Outgoing({
      settings,
      node: this.node,
      everyone: this.#names.everyone(),
      link,
      before,
      failed,
      report,
    })
    this.#presence = new Presence({ node: this.node, names: this.#names, leaseMs, link, failed })
    this.#questions = new Questions(settings)
    this.#outage = new Outage(clock, report)
    this.#commands = new KeptLink({
      clock,
      random,
      open: (ended) => port.openCommands(ended),
      prepare: (commands) => this.#lease.register(commands),
      opened: () => this.#commandsOpened(),
      away: (error) => this.#outage.begin(error),
    })
    this.#subscriptions = new KeptLink<SubscriptionLink>({
      clock,
      random,
      open: (ended) =>
        port.openSubscriptions({ received: (channel, message) => this.#receiver.take(channel, message), ended }),
      prepare: (subscriptions) => this.#subscribe(subscriptions),
      opened: () => this.#subscribed(),
      away: (error) => {
        this.#incoming.away()
        this.#outage.begin(error)
      },
    })
    this.#incoming = new Incoming({ settings, kept: this.#subscriptions })
    this.#probe = new Probe({
      settings,
      partitions: port.partitions,
      send: (partition, id, sent) => this.#sendProbe(partition, { id, sent }),
      deaf: (deafMs) => this.#deaf(deafMs),
      report,
    })
    this.#lease = new Lease({
      presence: this.#presence,
      link,
      failed,
      entered: (room, sid, value) => this.#tell(room, { kind: 'entered', sid, node: this.node, value }),
      left: (room, member) => this.#left(room, member),
      lost: (node, members) => this.#server.report({ kind: 'node_lost', node, members }),
    })
    this.#receiver = new Receiver({
      node: this.node,
      maxMessageBytes: settings.maxMessageBytes,
      incoming: this.#incoming,
      server: () => this.#server,
      answered: (id, isDone) => this.#questions.answered(id, isDone),
      probed: (partition, id) => this.#probe.heard(partition, id),
      answer: (asker, id, isDone) => this.#add(this.#names.node(asker, 0), 0, { kind: 'answer', id, isDone }),
    })
    this.#ticker = new Ticker(clock, [
      [TIDY_MS, () => this.#tidy()],
      [probeIntervalMs, () => this.#probe.tick()],
      [leaseMs / 3, () => this.#beat()],
    ])
    for (let partition = 0; partition < port.partitions; partition++) {
      void this.#incoming.follow(this.#names.node(this.node, partition), partition, undefined)
    }
    void this.follow({ kind: 'everyone' })
  }

  /** Opens both links; resolves when they are open for the first time. From then on they are opened again whenever they end. */
  async open(): Promise<void> {
    const opened = new Promise<void>((resolve) => {
      this.#opened = resolve
    })
    this.#commands.open()
    this.#subscriptions.open()
    await opened
  }

  /**
   * Begins to serve a server.
   *
   * @throws TypeError when it serves one already.
   */
  attach(server: BrokerServer): this {
    if (this.#server !== UNJOINED) throw new TypeError('a broker joins one server; call redisBroker once per server')
    this.#server = server
    return this
  }

  publish({ target, cmd, seqno, payload, isBinary }: Delivery): void {
    const [channel, partition] = this.#names.channelOf(target)
    const except = target.kind === 'room' ? target.except : undefined
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
    this.#add(channel, partition, { kind: 'push', cmd, seqno, except, payload: bytes, isBinary })
  }

  follow(target: Target): Promise<void> | undefined {
    return this.#incoming.follow(...this.#names.channelOf(target), target)
  }

  unfollow(target: Target): void {
    this.#incoming.unfollow(this.#names.channelOf(target)[0])
  }

  ask(sid: string, request: SessionRequest): Promise<boolean> {
    return this.#questions.ask(async (id) => {
      // What was pushed to the session before arrives before the question.
      this.#outgoing.flush()
      const bytes = encodeEntry({ kind: 'ask', id, sid, request })
      const number = this.#outgoing.nextNumber(this.#names.partitionOf(sid))
      const receivers = await this.#link().publish(this.#names.session(sid), encodeMessage(this.node, number, [bytes]))
      return this.#names.isWhole ? receivers : undefined
    })
  }

  enter(room: string, sid: string, value: unknown): void {
    const kind = this.#presence.enter(room, sid, value)
    this.#tell(room, { kind, sid, node: this.node, value: value ?? {} })
  }

  leave(room: string, sid: string): void {
    if (this.#presence.leave(room, sid)) this.#tell(room, { kind: 'left', sid, node: this.node, value: {} })
  }

  count(room: string): Promise<number> {
    return this.#query((link) => this.#presence.count(link, room))
  }

  members(room: string): Promise<readonly RemoteMember[]> {
    return this.#query((link) => this.#presence.members(link, room))
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#ticker.close()
    this.#outgoing.flush()
    const link = this.#commands.current
    // A Redis that does not answer holds the server up for the time of one command.
    if (link !== undefined) await this.#presence.unregister(link).catch(() => undefined)
    this.#questions.close()
    this.#commands.close()
    this.#subscriptions.close()
    this.#incoming.away()
  }

  #add(channel: string, partition: number, entry: Entry): void {
    const pushes = entry.kind === 'push' ? new Map([[entry.cmd, 1]]) : undefined
    this.#outgoing.add({ channel, partition, bytes: encodeEntry(entry), pushes })
  }

  #tell(room: string, change: PresenceNews): void {
    this.#add(this.#names.room(room), this.#names.partitionOf(room), { kind: 'presence', change })
  }

  /** A member of a server that is gone: this one acts on it. */
  #left(room: string, member: RemoteMember): void {
    this.#tell(room, { ...member, kind: 'left' })
    this.#server.presenceChanged({ ...member, room, kind: 'left', isOurs: true })
  }

  #link(): CommandLink {
    const link = this.#commands.current
    if (link === undefined) throw new BrokerError('Redis is away')
    return link
  }

  async #query<Result>(ask: (link: CommandLink) => Promise<Result>): Promise<Result> {
    const link = this.#link()
    try {
      return await ask(link)
    } catch (error) {
      throw new BrokerError('Redis did not answer', { cause: error })
    }
  }

  async #subscribe(subscriptions: SubscriptionLink): Promise<void> {
    const channels = await this.#incoming.subscribeAll(subscriptions)
    if (this.#wasSubscribed) this.#server.report({ kind: 'resubscribed', channels })
  }

  #subscribed(): void {
    this.#incoming.resume()
    this.#probe.reset()
    if (this.#wasSubscribed) this.#server.lost({ pushes: new Map() })
    this.#wasSubscribed = true
    this.#back()
  }

  #commandsOpened(): void {
    this.#probe.reset()
    this.#outgoing.flush()
    this.#back()
  }

  #back(): void {
    if (this.#commands.current === undefined || this.#subscriptions.current === undefined) return
    this.#opened?.()
    this.#outage.end()
  }

  #deaf(deafMs: number): void {
    // A link that was made by one of the two being away is opened already.
    const link = this.#subscriptions.current
    if (this.#commands.current === undefined || link === undefined) return
    this.#server.report({ kind: 'deaf', deafMs })
    this.#subscriptions.drop(new Error(`nothing was received for ${Math.round(deafMs)} ms`), link)
  }

  #tidy(): void {
    this.#incoming.sweep()
    this.#outgoing.flush()
  }

  #beat(): void {
    this.#server.report({ kind: 'queue', deliveries: this.#outgoing.size, bytes: this.#outgoing.bytes })
    this.#server.report({ kind: 'presence', members: this.#presence.size })
    void this.#lease.renew()
  }

  #sendProbe(partition: number, { id, sent }: { readonly id: number; readonly sent: () => void }): void {
    if (this.#commands.current === undefined || this.#subscriptions.current === undefined) return
    const bytes = encodeEntry({ kind: 'probe', id })
    const channel = this.#names.node(this.node, partition)
    this.#outgoing.add({ channel, partition, bytes, pushes: undefined, sent })
  }
}

/** Characters of a server's id: two of a million servers are the same once in 10^13. */
const NODE_CHARS = 16

/** How often channels without local receivers, and pushes that wait too long, are looked for, in ms. */
const TIDY_MS = 1_000
