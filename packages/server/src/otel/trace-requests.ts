import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Context as TraceContext,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import { type CommandError, STATUS } from '@wsrv/protocol'
import type { ApiShape } from '../api-types.ts'
import type { Context } from '../request/context.ts'
import type { Middleware } from '../request/handler.ts'
import { ATTRIBUTE, RPC_SYSTEM, SCOPE_NAME, statusAttributes } from './attributes.ts'

/** Where spans go. */
export interface TracerOptions {
  /** Default: the one registered globally. */
  readonly tracerProvider?: TracerProvider
}

/**
 * Middleware that makes a span of every request: named after its command, a child of the caller's span when the request
 * has a `traceparent`, and the parent of what is traced in its handler. Put it outermost: `server.use(traceRequests())`.
 *
 * The caller's context is read by the propagator registered globally. Requests that no handler is asked about have no span.
 * PROTOCOL.md §traceparent; OpenTelemetry semantic conventions for RPC spans.
 */
export function traceRequests<Api extends ApiShape>({ tracerProvider = trace }: TracerOptions = {}): Middleware<Api> {
  const tracer = tracerProvider.getTracer(SCOPE_NAME)
  return async (c, next) => {
    const parent = callerOf(c.traceparent)
    const span = tracer.startSpan(c.cmd, { kind: SpanKind.SERVER, attributes: requestAttributes(c) }, parent)
    // Stopped: a handler that never settles would keep its chain, and its span, open for ever.
    if (span.isRecording())
      c.signal.addEventListener('abort', () => endSpan(span, (c.signal.reason as CommandError).status), { once: true })
    await context.with(trace.setSpan(parent, span), next)
    endSpan(span, c.status)
  }
}

/** Failures of the server; any other status is the caller's affair and leaves a span's status unset. */
const SERVER_FAILURES: ReadonlySet<number> = new Set([
  STATUS.not_implemented,
  STATUS.timeout,
  STATUS.internal,
  STATUS.unavailable,
])

function callerOf(traceparent: string | undefined): TraceContext {
  return traceparent === undefined ? context.active() : propagation.extract(context.active(), { traceparent })
}

function requestAttributes<Api extends ApiShape>(c: Context<Api>): Readonly<Record<string, string>> {
  return {
    [ATTRIBUTE.rpcSystem]: RPC_SYSTEM,
    [ATTRIBUTE.rpcMethod]: c.cmd,
    [ATTRIBUTE.clientAddress]: c.session.remoteAddress,
    [ATTRIBUTE.sid]: c.sid,
    [ATTRIBUTE.seqno]: c.seqno,
  }
}

/** Harmless when the span has ended. `status` is absent when the chain ended without an answer, which becomes 500. */
function endSpan(span: Span, status: number = STATUS.internal): void {
  if (!span.isRecording()) return
  span.setAttributes(statusAttributes(status))
  if (SERVER_FAILURES.has(status)) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
