import { type Codec, describe, OK_MSG, type Response, randomChars, STATUS } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { Broker, Delivery, Target } from './broker.ts'
import { summarizeIssues } from './issues.ts'
import type { LiveSession } from './live-session.ts'
import type { Reporter } from './reporter.ts'
import type { Sessions } from './sessions.ts'
import type { OutgoingMessage } from './transport.ts'
import { SchemaCheck } from './validation.ts'

/** What pushes need of the rest of the server. */
export interface PushesOptions {
  readonly contract: Contract
  readonly codec: Codec
  readonly isBinary: boolean
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
  readonly broker: Broker
  readonly reporter: Reporter
  readonly sessions: Sessions
}

/** Sends what nobody asked for: each push is checked and encoded once, for whomever it goes to. PROTOCOL.md §Push. */
export class Pushes {
  readonly #options: PushesOptions
  readonly #checks: ReadonlyMap<string, SchemaCheck>
  readonly #unsubscribe: () => void

  constructor(options: PushesOptions) {
    const { contract, broker } = options
    this.#options = options
    this.#checks = new Map(contract.pushes.map((push) => [push.cmd, new SchemaCheck(push.data, contract.types)]))
    this.#unsubscribe = broker.subscribe((delivery) => this.#deliver(delivery))
  }

  /** Sends to one session of this server; false when it has ended. */
  toSession(session: LiveSession, name: string, data: unknown): boolean {
    const push = this.#create(name, data)
    if (session.isOpen) this.#options.sessions.outbox.post(session, this.#encode(push, false))
    return session.isOpen
  }

  /** Sends to sessions wherever they are. */
  publish(target: Target, name: string, data: unknown): void {
    void this.#publish({ target, push: this.#create(name, data) })
  }

  /** Leaves the broker; idempotent. */
  close(): void {
    this.#unsubscribe()
  }

  async #publish(delivery: Delivery): Promise<void> {
    try {
      await this.#options.broker.publish(delivery)
    } catch (error) {
      this.#options.reporter.failed({ kind: 'broker_failed', error })
    }
  }

  #create(cmd: string, data: unknown = {}): Response {
    const check = this.#checks.get(cmd)
    if (check === undefined) throw new TypeError(`the contract has no push ${describe(cmd)}`)
    if (!check.accepts(data)) throw new TypeError(`push ${describe(cmd)}: ${summarizeIssues(check.issues(data, 1))}`)
    return { cmd, seqno: randomChars(SEQNO_CHARS, this.#options.random), status: STATUS.ok, msg: OK_MSG, data }
  }

  #encode(push: Response, isShared: boolean): OutgoingMessage {
    const { codec, isBinary } = this.#options
    return { payload: codec.encode(push), isBinary, isShared, frame: undefined }
  }

  #deliver({ target, push }: Delivery): void {
    let message: OutgoingMessage | undefined
    for (const session of this.#receivers(target)) {
      message ??= this.#encode(push, target.kind !== 'session')
      if (session.isOpen) this.#options.sessions.outbox.post(session, message)
    }
  }

  #receivers(target: Target): Iterable<LiveSession> {
    if (target.kind === 'everyone') return this.#options.sessions.open.values()
    if (target.kind === 'room') return this.#options.sessions.rooms.members(target.room)
    const session = this.#options.sessions.open.get(target.sid)
    return session === undefined ? [] : [session]
  }
}

/** Characters of a push's seqno: as many as the Go server gives it, so that no client takes it for its own. */
const SEQNO_CHARS = 8
