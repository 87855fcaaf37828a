import {
  CLOSE,
  type Clock,
  type Codec,
  EXTENSION,
  isReservedCmd,
  type Payload,
  type Request,
  type Response,
  STATUS,
} from '@wsrv/protocol'
import { createReply, type ReplyFacts } from '../connection/outgoing-message.ts'
import type { Limits } from '../limits.ts'
import type { LimitName } from '../observer/observer.ts'
import { sizeOf } from '../payloads.ts'
import type { InFlightRequest, Stop } from '../session/in-flight-request.ts'
import type { LiveSession } from '../session/live-session.ts'
import { Admission, presentsCredentials } from './admission.ts'
import { countRequest } from './count-request.ts'
import { Deadlines } from './deadlines.ts'
import { MessageReader, type Unreadable } from './message-reader.ts'
import { RequestContext, type RequestEnvironment, type RequestOrigin } from './request-context.ts'
import { countsAsAbsent, INTERNAL, NOT_IMPLEMENTED, type RequestRefusal, refusalOfRequest } from './request-refusal.ts'
import type { Route, Router } from './router.ts'
import type { Streams } from './streams.ts'

/** What requests need of the rest of the server. */
export interface RequestsOptions extends RequestEnvironment {
  readonly clock: Clock
  readonly codec: Codec
  readonly limits: Limits
  readonly router: Router
  readonly streams: Streams
  /** `undefined` when the server speaks the base protocol only. */
  readonly extensions: ReadonlyMap<string, Route> | undefined
}

/** Leads each message from its payload to its reply. PROTOCOL.md §Request and §Bad input. */
export class Requests {
  readonly #options: RequestsOptions
  readonly #reader: MessageReader
  readonly #deadlines: Deadlines
  readonly #admission: Admission
  #inFlight = 0
  /** Called when nothing is in flight any more. */
  #drained: (() => void) | undefined

  constructor(options: RequestsOptions) {
    this.#options = options
    this.#reader = new MessageReader(options.codec, options.limits.maxMessageBytes)
    this.#deadlines = new Deadlines(options.clock, (context) => this.#expire(context))
    this.#admission = new Admission(options)
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
    const { resumable } = session
    const { streams } = this.#options
    if (resumable !== undefined && !countRequest(session, resumable, { request, streams })) return
    if ('problem' in request) this.#forgive(origin, request)
    else this.#serve(origin, request)
  }

  /** Ends what a session that has ended has in flight. */
  abandon(session: LiveSession): void {
    this.#admission.release(session)
    for (const request of session.inFlight.all()) {
      // Answered, though to no one: what waits in a middleware must not begin the handler now.
      request.response ??= cancelledResponse(request)
      this.#end(session, request, STATUS.cancelled)
      request.stop({ code: 'cancelled', reason: 'the connection closed' })
    }
  }

  /** Ends a request that its caller gave up; harmless when it is not in flight. PROTOCOL.md §$cancel. */
  cancel(session: LiveSession, seqno: string): void {
    const request = session.inFlight.get(seqno)
    if (request !== undefined) this.#stop(session, request, { code: 'cancelled', reason: 'the caller gave it up' })
  }

  /** Refuses new requests from now on, for so many ms: those of the sessions that it concerns, or all. */
  refuse(retryAfterMs: number, concerns?: (session: LiveSession) => boolean): void {
    this.#admission.close(retryAfterMs, concerns)
  }

  /** Resolves when no request is in flight. */
  drain(): Promise<void> {
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

  #serve(origin: RequestOrigin, sent: Request): void {
    const { cmd, seqno } = sent
    const { extensions, router, streams } = this.#options
    const isReserved = isReservedCmd(cmd)
    if (isReserved && cmd === EXTENSION.credit && extensions !== undefined) {
      this.#admission.refusalOf(origin.session, cmd)
      streams.grant(origin.session, sent.data)
      return
    }
    const route = isReserved ? extensions?.get(cmd) : router.find(cmd)
    const request = route !== undefined && countsAsAbsent(sent, route) ? { ...sent, data: {} } : sent
    const refusal = this.#refusalOf(origin, request, route)
    if (refusal !== undefined) {
      const { status, msg, data, limit, cost } = refusal
      if (cost !== undefined) {
        this.#admission.charge(origin.session, cost)
        this.#options.reporter.mismatched({ sid: origin.session.sid, cmd, seqno, data })
      }
      // An extra key, so only for clients that speak the extensions.
      const notRun = refusal.notRun && origin.session.client !== undefined
      this.#refuse(origin, { cmd, seqno, status, msg, data, ...(notRun && { notRun }) }, limit)
    } else if (route !== undefined) {
      this.#run(origin, request, route)
    }
  }

  #refusalOf(origin: RequestOrigin, request: Request, route: Route | undefined): RequestRefusal | undefined {
    const { session } = origin
    const refusal = this.#admission.refusalOf(session, request.cmd, route?.checks.cost)
    if (refusal !== undefined) return refusal
    if (route === undefined) return NOT_IMPLEMENTED
    try {
      return refusalOfRequest(request, session, {
        checks: route.checks,
        limits: this.#options.limits,
      })
    } catch (error) {
      const { cmd, seqno } = request
      this.#options.reporter.failed({ kind: 'check_failed', error, sid: session.sid, cmd, seqno })
      return INTERNAL
    }
  }

  #run(origin: RequestOrigin, request: Request, route: Route): void {
    const context = new RequestContext(this.#options, route.checks, request, origin)
    origin.session.inFlight.add(context)
    this.#inFlight += 1
    const ending = route.run(context)
    if (ending === undefined) {
      this.#settle(context)
      return
    }
    // The handler may have closed its own session before its first pause.
    if (!context.hasEnded) context.deadline = this.#deadlines.set(context)
    void ending.then(() => this.#settle(context))
  }

  /** A request's work is done: it is answered if it was not, and its place is free. */
  #settle(context: RequestContext): void {
    context.hasSettled = true
    if (context.hasEnded) context.session.lingering -= 1
    else this.answer(context)
  }

  #expire(context: RequestContext): void {
    const { session, timeoutMs, handlerTimeoutMs, cmd, seqno, sid } = context
    // The caller's own deadline is not a limit of the server.
    if (timeoutMs === handlerTimeoutMs) {
      this.#options.reporter.limitReached({ limit: 'handlerTimeoutMs', value: timeoutMs, sid, cmd, seqno })
    }
    this.#stop(session, context, { code: 'timeout', reason: `not done within ${timeoutMs} ms` })
  }

  /** Answers a request that has its answer, at once. */
  answer(context: RequestContext): void {
    if (context.hasEnded) return
    const { session, isBinary } = context.origin
    let response =
      context.response ?? context.failInternally('no_answer', new Error('the chain ended without an answer'))
    let payload: Payload | undefined
    try {
      payload = context.encode(this.#options.codec, response)
    } catch (error) {
      response = context.failInternally('bad_response', error)
      payload = this.#encode(session, response)
    }
    // Ended first: to post it may close the session, which ends what is in flight.
    this.#end(session, context, response.status, payload)
    this.#post(session, payload, response, isBinary)
    this.#judge(session, context.cmd, response.status)
  }

  /** What follows an answer to credentials. A handler's own 403 is about its command. */
  #judge(session: LiveSession, cmd: string, status: number): void {
    if (!presentsCredentials(cmd) || status === STATUS.ok || status === STATUS.rate_limited) return
    if (status === STATUS.forbidden) {
      session.close(CLOSE.policy_violation, 'forbidden')
      return
    }
    const { limits, reporter } = this.#options
    session.authRefusals += 1
    if (session.authRefusals <= limits.maxAuthRefusals) return
    reporter.limitReached({ limit: 'maxAuthRefusals', value: limits.maxAuthRefusals, sid: session.sid })
    session.close(CLOSE.unauthenticated, 'credentials failed too often')
  }

  /** Ends and answers before its signal fires: what that sets off must not find it in flight, nor close the session first. */
  #stop(session: LiveSession, request: InFlightRequest, stop: Stop): void {
    const { sentCmd, seqno, isBinary } = request
    const response = { cmd: sentCmd, seqno, status: STATUS[stop.code], msg: stop.code, data: {} }
    request.response = response
    const payload = this.#encode(session, response)
    this.#end(session, request, response.status, payload)
    this.#post(session, payload, response, isBinary)
    request.stop(stop)
    this.#judge(session, request.cmd, response.status)
  }

  /** @param payload the answer; `undefined` when the client is gone. */
  #end(session: LiveSession, request: InFlightRequest, status: number, payload?: Payload): void {
    request.hasEnded = true
    if (!request.hasSettled) session.lingering += 1
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
    this.#post(session, payload, response, isBinary)
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

  #post(session: LiveSession, payload: Payload | undefined, reply: ReplyFacts, isBinary: boolean): void {
    // A call without its one answer would wait for ever.
    if (payload === undefined) session.close(CLOSE.internal_error, 'an answer could not be written')
    else session.send(createReply(payload, reply, isBinary))
  }
}

function cancelledResponse({ sentCmd, seqno }: InFlightRequest): Response {
  return { cmd: sentCmd, seqno, status: STATUS.cancelled, msg: 'cancelled', data: {} }
}
