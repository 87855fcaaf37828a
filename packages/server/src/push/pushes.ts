import { type Codec, describe, EXTENSION, OK_MSG, type Response, randomChars, STATUS } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { OutgoingMessage } from '../connection/transport.ts'
import type { PushSent } from '../observer/observer.ts'
import type { Reporter } from '../observer/reporter.ts'
import { sizeOf } from '../payloads.ts'
import { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Sessions } from '../session/sessions.ts'
import { summarizeIssues } from '../validation/issues.ts'
import type { Broker, Delivery, Target } from './broker.ts'

/** What pushes need of the rest of the server. */
export interface PushesOptions {
  readonly contract: Contract
  readonly codec: Codec
  readonly messageType: 'text' | 'binary'
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
  readonly broker: Broker
  readonly reporter: Reporter
  readonly sessions: Sessions
}

/** Sends pushes: each is checked and encoded once, for all its receivers. PROTOCOL.md §Push. */
export class Pushes {
  readonly #options: PushesOptions
  readonly #schemas: ReadonlyMap<string, OutgoingSchema>
  readonly #encoded = new WeakMap<Response, OutgoingMessage>()
  readonly #unsubscribe: () => void

  constructor(options: PushesOptions) {
    const { contract, broker } = options
    this.#options = options
    this.#schemas = new Map(contract.pushes.map((push) => [push.cmd, new OutgoingSchema(push.data, contract.types)]))
    this.#unsubscribe = broker.subscribe((delivery) => this.#receive(delivery))
  }

  /** Sends to one session of this server; false when it has ended, or is not accepted. */
  toSession(session: LiveSession, name: string, data: unknown): boolean {
    const push = this.#create(name, data)
    const message = this.#encode(push, false)
    const isSent = session.isAccepted && session.send(message)
    if (isSent) this.#report(push, message, { receivers: 1, sid: session.sid })
    return isSent
  }

  /** Asks one session of this server for fresh credentials; false when it has ended. PROTOCOL.md §$auth. */
  requestAuth(session: LiveSession): boolean {
    return session.send(this.#encode(this.#stamp(EXTENSION.reauth, {}), false))
  }

  /** Sends to sessions wherever they are. */
  publish(target: Target, name: string, data: unknown): void {
    const push = this.#create(name, data)
    // Encoded here, so that data that cannot be written fails its caller, and once, though the broker hands it back.
    this.#encoded.set(push, this.#encode(push, target.kind !== 'session'))
    void this.#publish({ target, push })
  }

  /** Leaves the broker; idempotent. */
  close(): void {
    void this.#askBroker(this.#unsubscribe)
  }

  #publish(delivery: Delivery): Promise<void> {
    return this.#askBroker(() => this.#options.broker.publish(delivery))
  }

  /** Broker errors are reported, never thrown to the caller. */
  async #askBroker(request: () => unknown): Promise<void> {
    try {
      await request()
    } catch (error) {
      this.#options.reporter.failed({ kind: 'broker_failed', error })
    }
  }

  #create(cmd: string, data: unknown = {}): Response {
    const schema = this.#schemas.get(cmd)
    if (schema === undefined) throw new TypeError(`the contract has no push ${describe(cmd)}`)
    if (!schema.accepts(data)) throw new TypeError(`push ${describe(cmd)}: ${summarizeIssues(schema.issues(data, 1))}`)
    return this.#stamp(cmd, schema.strip(data))
  }

  #stamp(cmd: string, data: unknown): Response {
    return { cmd, seqno: randomChars(SEQNO_CHARS, this.#options.random), status: STATUS.ok, msg: OK_MSG, data }
  }

  #encode(push: Response, isShared: boolean): OutgoingMessage {
    const { codec, messageType } = this.#options
    return { payload: codec.encode(push), isBinary: messageType === 'binary', isShared, frame: undefined }
  }

  /** What a broker delivers may be anything; an error must not reach the broker. */
  #receive(delivery: Delivery): void {
    try {
      this.#deliver(delivery)
    } catch (error) {
      this.#options.reporter.failed({ kind: 'broker_failed', error })
    }
  }

  #deliver({ target, push }: Delivery): void {
    let message = this.#encoded.get(push)
    let receivers = 0
    for (const session of this.#receivers(target)) {
      message ??= this.#encode(push, target.kind !== 'session')
      if (session.isAccepted && session.send(message)) receivers += 1
    }
    const sid = target.kind === 'session' ? target.sid : undefined
    if (message !== undefined && receivers > 0) this.#report(push, message, { receivers, sid })
  }

  #report({ cmd, seqno }: Response, { payload }: OutgoingMessage, to: Pick<PushSent, 'receivers' | 'sid'>): void {
    const { reporter } = this.#options
    if (reporter.countsPushes) reporter.pushed({ cmd, seqno, ...to, bytes: sizeOf(payload) })
  }

  #receivers(target: Target): Iterable<LiveSession> {
    if (target.kind === 'everyone') return this.#options.sessions.open.values()
    if (target.kind === 'room') return this.#options.sessions.rooms.members(target.room)
    const session = this.#options.sessions.open.get(target.sid)
    return session === undefined ? [] : [session]
  }
}

/** Characters of a push's seqno: as many as the Go server's, so that no client takes it for its own. */
const SEQNO_CHARS = 8
