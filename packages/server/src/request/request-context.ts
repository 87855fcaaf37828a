import { createHash } from 'node:crypto'
import {
  type Codec,
  CommandError,
  describe,
  OK_MSG,
  type Payload,
  type Request,
  type Response,
  STATUS,
  writeJson,
} from '@wsrv/protocol'
import type { OpenApi } from '../api-types.ts'
import type { UpgradeRequest } from '../connection/transport.ts'
import type { FailureKind } from '../observer/observer.ts'
import type { Reporter } from '../observer/reporter.ts'
import type { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import { expectSendable } from '../serializer/sendable.ts'
import type { InFlightRequest, Stop } from '../session/in-flight-request.ts'
import type { LiveSession } from '../session/live-session.ts'
import { summarizeIssues } from '../validation/issues.ts'
import type { CommandChecks } from './command-checks.ts'
import type { Context } from './context.ts'
import { REPLY, type Reply } from './context.ts'
import type { Hub } from './hub.ts'

/** What every request of a server shares. */
export interface RequestEnvironment {
  readonly hub: Hub<OpenApi>
  /** What the application hands to its handlers. */
  readonly context: object
  readonly reporter: Reporter
  /** Time a handler may take, in ms, when its command says nothing. */
  readonly handlerTimeoutMs: number
  /** Whether a request may say how long its caller waits. PROTOCOL.md §timeoutMs. */
  readonly hearsDeadlines: boolean
}

/** Where a request came from and how its reply goes back. */
export interface RequestOrigin {
  readonly session: LiveSession
  /** Frame type of the request, and so of its reply. */
  readonly isBinary: boolean
  /** Size of the request's message, in bytes. */
  readonly requestBytes: number
  /** In ms of the server's clock; 0 when requests are not observed. */
  readonly startedAt: number
}

/** A request in flight: holds its answer until its chain has ended. */
export class RequestContext implements Context<OpenApi>, InFlightRequest {
  readonly cmd: string
  readonly sentCmd: string
  readonly seqno: string
  readonly data: unknown
  readonly traceparent: string | undefined
  /** Items that the client takes of the stream it has opened, at first. */
  readonly credit: number | undefined
  readonly origin: RequestOrigin
  /** Set once, by the first answer; replaced only by a failure. */
  response: Response | undefined = undefined
  hasBegun = false
  hasEnded = false
  hasSettled = false
  deadline: { cancel(): void } | undefined = undefined
  readonly #environment: RequestEnvironment
  readonly #checks: CommandChecks
  readonly #callerTimeoutMs: number
  /** What the answer's data was checked by; `undefined` when by nothing. */
  #schema: OutgoingSchema | undefined = undefined
  #controller: AbortController | undefined = undefined
  #abortReason: CommandError | undefined = undefined

  constructor(environment: RequestEnvironment, checks: CommandChecks, request: Request, origin: RequestOrigin) {
    this.cmd = checks.cmd
    this.sentCmd = request.cmd
    this.seqno = request.seqno
    this.data = request.data
    this.traceparent = request.traceparent
    this.credit = request.credit
    this.#callerTimeoutMs = (environment.hearsDeadlines ? request.timeoutMs : undefined) ?? Infinity
    this.origin = origin
    this.#environment = environment
    this.#checks = checks
  }

  get session(): LiveSession {
    return this.origin.session
  }

  get sid(): string {
    return this.session.sid
  }

  get request(): UpgradeRequest {
    return this.session.request
  }

  get server(): Hub<OpenApi> {
    return this.#environment.hub
  }

  get context(): object {
    return this.#environment.context
  }

  get status(): number | undefined {
    return this.response?.status
  }

  get isBinary(): boolean {
    return this.origin.isBinary
  }

  get requestBytes(): number {
    return this.origin.requestBytes
  }

  get startedAt(): number {
    return this.origin.startedAt
  }

  /** Time there is for an answer, in ms: the server's own limit, or less when the caller waits less. */
  get timeoutMs(): number {
    return Math.min(this.handlerTimeoutMs, this.#callerTimeoutMs)
  }

  /** The server's own limit, in ms. */
  get handlerTimeoutMs(): number {
    return this.#checks.timeoutMs ?? this.#environment.handlerTimeoutMs
  }

  // Lazy: one AbortController per request would add 50 % to its cost.
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#abortReason !== undefined) this.#controller.abort(this.#abortReason)
    return this.#controller.signal
  }

  get callKey(): string | undefined {
    const { resumable, identity } = this.session
    if (resumable === undefined || this.seqno === '') return undefined
    // The holder is drawn once per client, and no other client learns it.
    const facts = writeJson([identity, resumable.holder, this.seqno])
    return createHash('sha256').update(String(facts)).digest('base64url')
  }

  get(key: string): unknown {
    return this.session.get(key)
  }

  set(key: string, value: unknown): void {
    this.session.set(key, value)
  }

  push(name: string, data: unknown): boolean {
    return this.session.push(name, data)
  }

  join(room: string, value?: unknown): PromiseLike<void> {
    return this.session.join(room, value)
  }

  leave(room: string): void {
    this.session.leave(room)
  }

  ok(data: unknown): Reply {
    return this.#answerChecked(
      { status: STATUS.ok, msg: OK_MSG, data: data === undefined ? {} : data },
      this.#checks.response,
    )
  }

  error(name: string, data: unknown = {}, msg?: string): Reply {
    const error = this.#checks.errors.get(name)
    if (error === undefined) throw new TypeError(`the contract has no error ${describe(name)} for ${this.cmd}`)
    return this.#answerChecked({ status: error.status, msg: msg ?? error.msg, data }, error.data)
  }

  abort(status: number, msg: string, data: unknown = {}): Reply {
    if (!Number.isSafeInteger(status) || status === STATUS.ok) {
      throw new TypeError(`abort takes an integer status that is not ${STATUS.ok}, got ${describe(status)}`)
    }
    // An extra key, so only for clients that speak the extensions.
    const notRun = !this.hasBegun && MAY_PASS.includes(status) && this.session.client !== undefined
    return this.#answer({ status, msg, data, ...(notRun && { notRun }) })
  }

  /** Takes what a handler returned. */
  settle(result: unknown): void {
    if (result !== REPLY) this.ok(result)
  }

  /** Takes what was thrown. Ignores a reply and the abort reason; anything else is an internal error. */
  fail(thrown: unknown, kind: FailureKind = 'handler_threw'): void {
    if (thrown !== REPLY && !this.#isStop(thrown)) this.failInternally(kind, thrown)
  }

  /** Answers with 500 in place of any answer that has not left, and reports the cause within the server only. */
  failInternally(kind: FailureKind, error: unknown): Response {
    const { cmd, sentCmd, seqno, sid } = this
    this.#environment.reporter.failed({ kind, error, sid, cmd, seqno })
    if (this.hasEnded && this.response !== undefined) return this.response
    this.#schema = undefined
    this.response = { cmd: sentCmd, seqno, status: STATUS.internal, msg: 'internal error', data: {} }
    return this.response
  }

  /**
   * Writes the answer.
   *
   * @throws what the codec throws, and TypeError for data that would be left out without a word.
   */
  encode(codec: Codec, response: Response): Payload {
    if (this.#schema !== undefined) return this.#schema.encode(codec, response)
    expectSendable(response.data)
    return codec.encode(response)
  }

  /** Answers with 408 in place of any answer, and fires the signal: it is the end of a stream that is not read. */
  expire(reason: string): void {
    this.#schema = undefined
    this.response = { cmd: this.sentCmd, seqno: this.seqno, status: STATUS.timeout, msg: reason, data: {} }
    this.stop({ code: 'timeout', reason })
  }

  /** Fires the signal; when it is first read later it has fired already. */
  stop({ code, reason }: Stop): void {
    const { cmd, seqno } = this
    this.#abortReason = new CommandError({ cmd, seqno, status: STATUS[code], code, msg: reason, data: {} })
    this.#controller?.abort(this.#abortReason)
  }

  /** `fetch` rejects with the signal's reason itself, Node's own functions with an error whose cause it is. */
  #isStop(thrown: unknown): boolean {
    const reason = this.#abortReason
    if (reason === undefined) return false
    try {
      return thrown === reason || (thrown instanceof Error && thrown.cause === reason)
    } catch {
      // A revoked proxy, or a `cause` that throws: it may be anything, but it is not how work takes its stopping.
      return false
    }
  }

  #answerChecked(answer: Answer, schema: OutgoingSchema): Reply {
    if (this.response !== undefined) return REPLY
    if (schema.accepts(answer.data)) {
      this.#schema = schema
      return this.#answer(answer)
    }
    const problem = summarizeIssues(schema.issues(answer.data, 1))
    this.failInternally(
      'bad_response',
      new TypeError(`${this.cmd} answered ${answer.status} with bad data: ${problem}`),
    )
    return REPLY
  }

  // Key by key: a spread costs a call 2 %.
  #answer({ status, msg, data, notRun }: Answer): Reply {
    const { sentCmd: cmd, seqno } = this
    this.response ??= notRun ? { cmd, seqno, status, msg, data, notRun } : { cmd, seqno, status, msg, data }
    return REPLY
  }
}

type Answer = Pick<Response, 'status' | 'msg' | 'data' | 'notRun'>

/** Refusals that pass: a client may try again when it proves that the handler was not run. PROTOCOL.md §notRun. */
const MAY_PASS: readonly number[] = [STATUS.unauthenticated, STATUS.rate_limited, STATUS.unavailable]
