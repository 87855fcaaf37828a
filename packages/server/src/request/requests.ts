import {
  CLOSE,
  type Clock,
  type Codec,
  isReservedCmd,
  type Payload,
  type Request,
  type Response,
  STATUS,
} from '@wsrv/protocol'
import type { Limits } from '../limits.ts'
import type { LimitName } from '../observer/observer.ts'
import { sizeOf } from '../payloads.ts'
import type { InFlightRequest, Stop } from '../session/in-flight-request.ts'
import type { LiveSession } from '../session/live-session.ts'
import { RateLimit } from '../session/rate-limit.ts'
import { USUAL_COST } from '../validation/command-checks.ts'
import { Deadlines } from './deadlines.ts'
import { MessageReader, type Unreadable } from './message-reader.ts'
import { RequestContext, type RequestEnvironment, type RequestOrigin } from './request-context.ts'
import {
  INTERNAL,
  NOT_IMPLEMENTED,
  type RequestRefusal,
  refusalOfRequest,
  shuttingDown,
  tooManyInFlight,
  tooManyPerSecond,
  UNAUTHENTICATED,
} from './request-refusal.ts'
import type { Route, Router } from './router.ts'

/** What requests need of the rest of the server. */
export interface RequestsOptions extends RequestEnvironment {
  readonly clock: Clock
  readonly codec: Codec
  readonly limits: Limits
  readonly router: Router
  /** `undefined` when the server speaks the base protocol only. */
  readonly extensions: ReadonlyMap<string, Route> | undefined
}

/** Leads each message from its payload to its reply. PROTOCOL.md §Request and §Bad input. */
export class Requests {
  readonly #options: RequestsOptions
  readonly #reader: MessageReader
  readonly #deadlines: Deadlines
  readonly #rateLimit: RateLimit
  #inFlight = 0
  /** Set once the server shuts down: what new requests are answered with. */
  #closed: RequestRefusal | undefined
  /** Called when nothing is in flight any more. */
  #drained: (() => void) | undefined

  constructor(options: RequestsOptions) {
    this.#options = options
    this.#reader = new MessageReader(options.codec, options.limits.maxMessageBytes)
    this.#deadlines = new Deadlines(options.clock, (context) => this.#expire(context))
    this.#rateLimit = new RateLimit(options.clock, options.limits.maxRequestsPerSecond)
  }

  /**
   * Takes one message of a session.
   *
   * @param bytes the payload's size on the wire; 0 is a heartbeat, which is never answered.
   */
  receive(session: LiveSession, payload: Payload, bytes: number): void {
    if (bytes === 0) return
    const { reporter, clock } = this.#options
    const startedAt = reporter.timesRequests ? clock.now() : 0
    const origin = { session, isBinary: typeof payload !== 'string', requestBytes: bytes, startedAt }
    const request = this.#reader.read(payload, bytes)
    if ('problem' in request) this.#forgive(origin, request)
    else this.#serve(origin, request)
  }

  /** Ends what a session that has ended has in flight. */
  abandon(session: LiveSession): void {
    for (const request of session.inFlight.all()) {
      this.#end(session, request, STATUS.cancelled)
      request.stop({ code: 'cancelled', reason: 'the connection closed' })
    }
  }

  /** Ends a request that its caller gave up; harmless when it is not in flight. PROTOCOL.md §$cancel. */
  cancel(session: LiveSession, seqno: string): void {
    const request = session.inFlight.get(seqno)
    if (request !== undefined) this.#stop(session, request, { code: 'cancelled', reason: 'the caller gave it up' })
  }

  /**
   * Refuses new requests; resolves when none is in flight.
   *
   * @param retryAfterMs sent with each refusal.
   */
  drain(retryAfterMs: number): Promise<void> {
    this.#closed = shuttingDown(retryAfterMs)
    return new Promise((resolve) => {
      this.#drained = resolve
      if (this.#inFlight === 0) resolve()
    })
  }

  #forgive(origin: RequestOrigin, { cmd, seqno, status, problem }: Unreadable): void {
    const { session } = origin
    const { limits, reporter } = this.#options
    session.link.badMessages += 1
    if (session.link.badMessages > limits.maxBadMessages) {
      reporter.limitReached({ limit: 'maxBadMessages', value: limits.maxBadMessages, sid: session.sid })
      session.close(CLOSE.bad_messages, 'too many unreadable messages')
    } else {
      const limit = status === STATUS.too_large ? 'maxMessageBytes' : undefined
      this.#refuse(origin, { cmd, seqno, status, msg: problem, data: {} }, limit)
    }
  }

  #serve(origin: RequestOrigin, request: Request): void {
    const { cmd, seqno } = request
    const { extensions, router } = this.#options
    const route = isReservedCmd(cmd) ? extensions?.get(cmd) : router.find(cmd)
    const refusal = this.#refusalOf(origin.session, request, route)
    if (refusal !== undefined) {
      const { status, msg, data, limit } = refusal
      this.#refuse(origin, { cmd, seqno, status, msg, data }, limit)
    } else if (route !== undefined) {
      this.#run(origin, request, route)
    }
  }

  #refusalOf(session: LiveSession, request: Request, route: Route | undefined): RequestRefusal | undefined {
    // The protocol's own commands are how a client gets in, gives up and shows life: they are served in every state.
    const refusal = isReservedCmd(request.cmd) ? undefined : this.#refusalOfSession(session, route?.checks.cost)
    if (refusal !== undefined) return refusal
    if (route === undefined) return NOT_IMPLEMENTED
    try {
      return refusalOfRequest(request, session, { checks: route.checks, limits: this.#options.limits })
    } catch (error) {
      const { cmd, seqno } = request
      this.#options.reporter.failed({ kind: 'check_failed', error, sid: session.sid, cmd, seqno })
      return INTERNAL
    }
  }

  #refusalOfSession(session: LiveSession, cost = USUAL_COST): RequestRefusal | undefined {
    if (this.#closed !== undefined) return this.#closed
    if (!session.isAccepted) return UNAUTHENTICATED
    const { limits } = this.#options
    if (session.inFlight.size >= limits.maxInFlight) return tooManyInFlight(limits)
    const retryAfterMs = this.#rateLimit.spend(session, cost)
    return retryAfterMs === 0 ? undefined : tooManyPerSecond(limits, retryAfterMs)
  }

  #run(origin: RequestOrigin, request: Request, route: Route): void {
    const context = new RequestContext(this.#options, route.checks, request, origin)
    origin.session.inFlight.add(context)
    this.#inFlight += 1
    const ending = route.run(context)
    if (ending === undefined) {
      this.#answer(context)
      return
    }
    // The handler may have closed its own session before its first pause.
    if (!context.hasEnded) context.deadline = this.#deadlines.set(context)
    void ending.then(() => this.#answer(context))
  }

  #expire(context: RequestContext): void {
    const { session, timeoutMs, handlerTimeoutMs, cmd, seqno, sid } = context
    // The caller's own deadline is not a limit of the server.
    if (timeoutMs === handlerTimeoutMs) {
      this.#options.reporter.limitReached({ limit: 'handlerTimeoutMs', value: timeoutMs, sid, cmd, seqno })
    }
    this.#stop(session, context, { code: 'timeout', reason: `not done within ${timeoutMs} ms` })
  }

  #answer(context: RequestContext): void {
    if (context.hasEnded) return
    const { session, isBinary } = context.origin
    let response =
      context.response ?? context.failInternally('no_answer', new Error('the chain ended without an answer'))
    let payload: Payload | undefined
    try {
      payload = this.#options.codec.encode(response)
    } catch (error) {
      response = context.failInternally('bad_response', error)
      payload = this.#encode(session, response)
    }
    // Ended first: to post it may close the session, which ends what is in flight.
    this.#end(session, context, response.status, payload)
    this.#post(session, payload, isBinary)
    // Final for credentials only: a handler's own 403 is about its command.
    if (response.status === STATUS.forbidden && isReservedCmd(context.cmd)) {
      session.close(CLOSE.policy_violation, 'forbidden')
    }
  }

  /** Ends and answers before its signal fires: what that sets off must not find it in flight, nor close the session first. */
  #stop(session: LiveSession, request: InFlightRequest, stop: Stop): void {
    const { sentCmd, seqno, isBinary } = request
    const response = { cmd: sentCmd, seqno, status: STATUS[stop.code], msg: stop.code, data: {} }
    request.response = response
    const payload = this.#encode(session, response)
    this.#end(session, request, response.status, payload)
    this.#post(session, payload, isBinary)
    request.stop(stop)
  }

  /** @param payload the answer; `undefined` when the client is gone. */
  #end(session: LiveSession, request: InFlightRequest, status: number, payload?: Payload): void {
    request.hasEnded = true
    request.deadline?.cancel()
    session.inFlight.remove(request)
    this.#inFlight -= 1
    if (this.#inFlight === 0) this.#drained?.()
    const { reporter, clock } = this.#options
    if (!reporter.timesRequests) return
    const { cmd, seqno, startedAt, requestBytes } = request
    const sizes = { requestBytes, responseBytes: sizeOf(payload) }
    reporter.ended({ sid: session.sid, cmd, seqno, status, durationMs: clock.now() - startedAt, ...sizes })
  }

  #refuse(
    { session, isBinary, requestBytes }: RequestOrigin,
    response: Response,
    limit?: keyof Limits & LimitName,
  ): void {
    const payload = this.#encode(session, response)
    const { sid } = session
    const { cmd, seqno, status } = response
    const { reporter, limits } = this.#options
    if (limit !== undefined) reporter.limitReached({ limit, value: limits[limit], sid, cmd, seqno })
    if (reporter.countsRefusals) {
      reporter.refused({ sid, cmd, seqno, status, requestBytes, responseBytes: sizeOf(payload) })
    }
    this.#post(session, payload, isBinary)
  }

  /** `undefined` when the codec cannot write even an answer of the server's own. */
  #encode(session: LiveSession, response: Response): Payload | undefined {
    try {
      return this.#options.codec.encode(response)
    } catch (error) {
      const { cmd, seqno } = response
      this.#options.reporter.failed({ kind: 'codec_failed', error, sid: session.sid, cmd, seqno })
      return undefined
    }
  }

  #post(session: LiveSession, payload: Payload | undefined, isBinary: boolean): void {
    // A call without its one answer would wait for ever.
    if (payload === undefined) session.close(CLOSE.internal_error, 'an answer could not be written')
    else session.send({ payload, isBinary, isShared: false, frame: undefined })
  }
}
