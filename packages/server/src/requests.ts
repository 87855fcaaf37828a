import {
  CLOSE,
  type Clock,
  type Codec,
  describe,
  isReservedCmd,
  type Payload,
  type Request,
  type Response,
  STATUS,
} from '@wsrv/protocol'
import { Deadlines } from './deadlines.ts'
import type { Flight } from './flight.ts'
import type { Limits } from './limits.ts'
import type { LiveSession } from './live-session.ts'
import { MessageReader, type Unreadable } from './message-reader.ts'
import type { Outbox } from './outbox.ts'
import { PROTOCOL_COMMANDS } from './protocol-commands.ts'
import { RequestContext, type RequestHost } from './request-context.ts'
import type { Route, Router } from './router.ts'

/** What requests need of the rest of the server. */
export interface RequestsOptions extends RequestHost {
  readonly clock: Clock
  readonly codec: Codec
  readonly limits: Limits
  readonly router: Router
  readonly outbox: Outbox<LiveSession>
}

/** Leads each message from its payload to its reply. PROTOCOL.md §Request and §Bad input. */
export class Requests {
  readonly #options: RequestsOptions
  readonly #reader: MessageReader
  readonly #deadlines: Deadlines
  #inFlight = 0
  /** Set once the server shuts down: told when nothing is in flight any more. */
  #drained: (() => void) | undefined

  constructor(options: RequestsOptions) {
    this.#options = options
    this.#reader = new MessageReader(options.codec, options.limits.maxMessageBytes)
    this.#deadlines = new Deadlines(options.clock)
  }

  /**
   * Takes one message of a session.
   *
   * @param bytes the payload's size on the wire; 0 is a heartbeat, which is never answered.
   */
  receive(session: LiveSession, payload: Payload, bytes: number): void {
    if (bytes === 0) return
    const isBinary = typeof payload !== 'string'
    const request = this.#reader.read(payload, bytes)
    if ('problem' in request) this.#forgive(session, request, isBinary)
    else if (isReservedCmd(request.cmd)) this.#serveProtocol(session, request, isBinary)
    else this.#serve(session, request, isBinary)
  }

  /** Ends what a session that has ended has in flight. */
  abandon(session: LiveSession): void {
    for (const flight of session.inFlight.all()) {
      flight.cancel('cancelled', 'the connection closed')
      this.#end(session, flight, STATUS.cancelled)
    }
  }

  /** Refuses new requests; resolves when none is in flight. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve
      if (this.#inFlight === 0) resolve()
    })
  }

  #forgive(session: LiveSession, { cmd, seqno, status, problem }: Unreadable, isBinary: boolean): void {
    session.badMessages += 1
    if (session.badMessages > this.#options.limits.maxBadMessages) {
      session.close(CLOSE.bad_messages, 'too many unreadable messages')
    } else {
      this.#reply(session, { cmd, seqno, status, msg: problem, data: {} }, isBinary)
    }
  }

  #serveProtocol(session: LiveSession, request: Request, isBinary: boolean): void {
    const serve = PROTOCOL_COMMANDS.get(request.cmd)
    if (serve === undefined) this.#refuse(session, request, isBinary, NOT_IMPLEMENTED)
    else serve(session, request, isBinary)
  }

  #serve(session: LiveSession, request: Request, isBinary: boolean): void {
    const route = this.#options.router.find(request.cmd)
    const refusal = route === undefined ? NOT_IMPLEMENTED : this.#refusalOf(session, request, route)
    if (refusal !== undefined) this.#refuse(session, request, isBinary, refusal)
    else if (route !== undefined) this.#run(session, request, isBinary, route)
  }

  /** Why a request of a known command is not run; `undefined` when it is. */
  #refusalOf(session: LiveSession, { cmd, seqno, data }: Request, { checks }: Route): Refusal | undefined {
    const { maxInFlight, maxIssues } = this.#options.limits
    if (this.#drained !== undefined) return SHUTTING_DOWN
    if (session.inFlight.has(seqno)) {
      return { status: STATUS.bad_request, msg: `seqno ${describe(seqno)} is already in flight`, data: {} }
    }
    if (session.inFlight.size >= maxInFlight) {
      return { status: STATUS.rate_limited, msg: `at most ${maxInFlight} requests may be in flight`, data: {} }
    }
    checks.fillDefaults?.(data)
    if (checks.request.accepts(data)) return undefined
    const issues = checks.request.issues(data, maxIssues)
    return { status: STATUS.bad_request, msg: `data does not match the schema of ${cmd}`, data: issues }
  }

  #run(session: LiveSession, request: Request, isBinary: boolean, route: Route): void {
    const { reporter, clock } = this.#options
    const startedAt = reporter.timesRequests ? clock.now() : 0
    const context = new RequestContext(this.#options, route.checks, request, { session, isBinary, startedAt })
    session.inFlight.add(context)
    this.#inFlight += 1
    const ending = route.run(context)
    if (ending === undefined) {
      this.#answer(context)
      return
    }
    // The handler may have closed its own session before its first pause.
    if (!context.hasEnded) context.deadline = this.#deadlines.set(context.timeoutMs, () => this.#timeOut(context))
    void ending.then(() => this.#answer(context))
  }

  #answer(context: RequestContext): void {
    if (context.hasEnded) return
    const { session, isBinary } = context.origin
    let response =
      context.response ?? context.failInternally('no_answer', new Error('the chain ended without an answer'))
    try {
      this.#reply(session, response, isBinary)
    } catch (error) {
      response = context.failInternally('bad_response', error)
      this.#reply(session, response, isBinary)
    }
    this.#end(session, context, response.status)
  }

  #timeOut(context: RequestContext): void {
    const { cmd, seqno } = context
    context.cancel('timeout', `not done within ${context.timeoutMs} ms`)
    context.response = { cmd, seqno, status: STATUS.timeout, msg: 'timeout', data: {} }
    this.#answer(context)
  }

  #end(session: LiveSession, flight: Flight, status: number): void {
    flight.hasEnded = true
    flight.deadline?.cancel()
    session.inFlight.remove(flight)
    this.#inFlight -= 1
    if (this.#inFlight === 0) this.#drained?.()
    const { reporter, clock } = this.#options
    if (!reporter.timesRequests) return
    const { cmd, seqno, startedAt } = flight
    reporter.ended({ sid: session.sid, cmd, seqno, status, durationMs: clock.now() - startedAt })
  }

  #refuse(session: LiveSession, { cmd, seqno }: Request, isBinary: boolean, refusal: Refusal): void {
    this.#reply(session, { cmd, seqno, ...refusal }, isBinary)
  }

  #reply(session: LiveSession, response: Response, isBinary: boolean): void {
    const payload = this.#options.codec.encode(response)
    this.#options.outbox.post(session, { payload, isBinary, isShared: false, frame: undefined })
  }
}

/** An answer that is given without asking a handler. */
type Refusal = Pick<Response, 'status' | 'msg' | 'data'>

const NOT_IMPLEMENTED: Refusal = { status: STATUS.not_implemented, msg: 'not implement', data: {} }
const SHUTTING_DOWN: Refusal = { status: STATUS.unavailable, msg: 'the server is shutting down', data: {} }
