import {
  type Codec,
  describe,
  EXTENSION,
  type GoAwayData,
  OK_MSG,
  type Response,
  randomChars,
  STATUS,
} from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import { createPush, type OutgoingMessage } from '../connection/outgoing-message.ts'
import type { PushSent } from '../observer/observer.ts'
import type { Reporter } from '../observer/reporter.ts'
import { sizeOf } from '../payloads.ts'
import { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import { Gap } from '../session/gap.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Sessions } from '../session/sessions.ts'
import { summarizeIssues } from '../validation/issues.ts'
import type { Delivery, Loss, Target } from './broker.ts'

/** What pushes need of the rest of the server. */
export interface PushesOptions {
  readonly contract: Contract
  readonly codec: Codec
  readonly messageType: 'text' | 'binary'
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
  /** Takes a push to the other servers; `undefined` when there are none. */
  readonly toOthers: ((delivery: Delivery) => void) | undefined
  readonly reporter: Reporter
  readonly sessions: Sessions
}

/** Sends pushes: each is checked and encoded once, for all its receivers. PROTOCOL.md §Push. */
export class Pushes {
  readonly #options: PushesOptions
  readonly #schemas: ReadonlyMap<string, OutgoingSchema>

  constructor(options: PushesOptions) {
    const { contract } = options
    this.#options = options
    this.#schemas = new Map(contract.pushes.map((push) => [push.cmd, new OutgoingSchema(push.data, contract.types)]))
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

  /** Asks the client of a session to go on elsewhere, within so many ms. PROTOCOL.md §$goaway. */
  goAway(session: LiveSession, drainMs: number): void {
    session.send(this.#encode(this.#stamp(EXTENSION.goaway, { drainMs } satisfies GoAwayData), false))
  }

  /** Writes a gap in what a session was sent. PROTOCOL.md §$gap. */
  gapMessage(gap: Gap): OutgoingMessage {
    return this.#encode(this.#stamp(EXTENSION.gap, gap.toData()), false)
  }

  /** Sends to sessions wherever they are: those of this server first, and without the others. */
  publish(target: Target, name: string, data: unknown): void {
    const push = this.#create(name, data)
    const message = this.#encode(push, target.kind !== 'session')
    this.#send(target, push, message)
    const { toOthers } = this.#options
    const { payload, isBinary } = message
    toOthers?.({ target, cmd: push.cmd, seqno: push.seqno, payload, isBinary })
  }

  /** Sends a push of another server, as it is, to sessions of this one. */
  deliver({ target, cmd, seqno, payload, isBinary }: Delivery): void {
    const isShared = target.kind !== 'session'
    this.#send(target, { cmd, seqno }, createPush(payload, { cmd, isBinary, isShared }))
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
    const facts = { cmd: push.cmd, isBinary: messageType === 'binary', isShared }
    return createPush(codec.encode(push), facts)
  }

  /** Pushes of other servers did not arrive here, or may not have: each session that may miss them is told. */
  lost({ target = EVERYONE, pushes }: Loss): void {
    let sessions = 0
    const except = target.kind === 'room' ? target.except : undefined
    for (const session of this.#receivers(target)) {
      if (!session.isAccepted || session.sid === except) continue
      session.tell(Gap.ofLoss(pushes))
      sessions += 1
    }
    const lost = [...pushes.values()].reduce((sum, count) => sum + count, 0)
    this.#options.reporter.brokerEvent({ kind: 'lost', pushes: lost, sessions })
  }

  #send(target: Target, push: Pick<Response, 'cmd' | 'seqno'>, message: OutgoingMessage): void {
    const except = target.kind === 'room' ? target.except : undefined
    let receivers = 0
    for (const session of this.#receivers(target)) {
      if (session.isAccepted && session.sid !== except && session.send(message)) receivers += 1
    }
    const sid = target.kind === 'session' ? target.sid : undefined
    if (receivers > 0) this.#report(push, message, { receivers, sid })
  }

  #report(
    { cmd, seqno }: Pick<Response, 'cmd' | 'seqno'>,
    { payload }: OutgoingMessage,
    to: Pick<PushSent, 'receivers' | 'sid'>,
  ): void {
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

const EVERYONE: Target = { kind: 'everyone' }

/** Characters of a push's seqno: as many as the Go server's, so that no client takes it for its own. */
const SEQNO_CHARS = 8
