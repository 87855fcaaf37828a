import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { createMetricsObserver, traceRequests } from '@wsrv/server/otel'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../raw-peer.ts'
import { serve } from '../test-server.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const PARENT_ID = 'b7ad6b7169203331'
const spans = new InMemorySpanExporter()
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(w3cPropagator())
})
afterEach(() => spans.reset())
afterAll(() => {
  context.disable()
  propagation.disable()
})

describe('traceRequests', () => {
  it('makes a span of a request, a child of the caller’s and the parent of the handler’s', async () => {
    const { url } = await serve({}, (server) =>
      server.use(traceRequests({ tracerProvider })).handle('anything', async () => {
        await Promise.resolve()
        tracerProvider.getTracer('app').startSpan('query').end()
        return 1
      }),
    )
    const peer = await connect(url)
    peer.send(`{"cmd":"anything","seqno":"a","data":{},"traceparent":"00-${TRACE_ID}-${PARENT_ID}-01"}`)
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"a","status":0,"msg":"ok","data":1}')
    const [query, request] = spans.getFinishedSpans() as [ReadableSpan, ReadableSpan]
    expect(request).toMatchObject({
      name: 'anything',
      kind: SpanKind.SERVER,
      parentSpanContext: { traceId: TRACE_ID, spanId: PARENT_ID, isRemote: true },
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'rpc.system.name': 'wsrv',
        'rpc.method': 'anything',
        'rpc.response.status_code': '0',
        'client.address': '127.0.0.1',
        'wsrv.seqno': 'a',
        'wsrv.sid': expect.any(String),
      },
    })
    expect(query.name).toBe('query')
    expect(query.parentSpanContext?.spanId).toBe(request.spanContext().spanId)
  })

  it.each(['', ',"traceparent":17', ',"traceparent":"nonsense"', ',"traceparent":{"a":1}'])(
    'begins a trace of its own when the request has %j',
    async (key) => {
      const { url } = await serve({}, (server) =>
        server.use(traceRequests({ tracerProvider })).handle('anything', () => 1),
      )
      const peer = await connect(url)
      peer.send(`{"cmd":"anything","seqno":"a"${key}}`)
      expect(await peer.text()).toContain('"status":0')
      expect(spans.getFinishedSpans()).toMatchObject([{ name: 'anything', parentSpanContext: undefined }])
    },
  )

  it('marks failures of the server, with their cause; a caller’s own leave the status unset', async () => {
    const { url } = await serve({ observer: createMetricsObserver() }, (server) => {
      server.use(traceRequests({ tracerProvider }))
      server.handle('anything', () => Promise.reject(new Error('the cause')))
      server.handle('register', (c) => c.error('uid_taken', { uid: 1 }))
    })
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"register","seqno":"r","data":{"uid":1}}')
    await peer.text()
    await peer.text()
    const byName = new Map(spans.getFinishedSpans().map((span) => [span.name, span]))
    expect(byName.get('anything')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'internal' },
      events: [{ name: 'exception', attributes: { 'exception.message': 'the cause' } }],
    })
    expect(byName.get('register')).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'error.type': '1001', 'rpc.response.status_code': '1001' },
    })
  })

  it('ends the span of a handler that never settles, at its deadline and once', async () => {
    const { url, clock } = await serve({}, (server) =>
      server.use(traceRequests({ tracerProvider })).handle('quick', () => new Promise(() => undefined)),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"quick","seqno":"q","data":{}}')
    await peer.settled()
    await clock.advance(1_000)
    expect(spans.getFinishedSpans()).toMatchObject([{ name: 'quick', attributes: { 'error.type': 'timeout' } }])
  })
})

describe('a span whose caller is gone', () => {
  it('ends with the connection, as cancelled', async () => {
    const { server, url } = await serve({}, (fresh) =>
      fresh.use(traceRequests({ tracerProvider })).handle('anything', () => new Promise(() => undefined)),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    await peer.settled()
    for (const session of server.sessions.values()) session.close()
    expect(spans.getFinishedSpans()).toMatchObject([
      {
        attributes: { 'error.type': 'cancelled', 'rpc.response.status_code': '499' },
        status: { code: SpanStatusCode.UNSET },
      },
    ])
  })
})

describe('createMetricsObserver', () => {
  it('counts connections, requests, refusals, limits, pushes, failures and sizes', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
    const meterProvider = new MeterProvider({ readers: [reader] })
    const observer = createMetricsObserver({ meterProvider })
    const { server, url } = await serve({ observer, limits: { maxBadMessages: 1 } }, (fresh) => {
      fresh.handle('anything', (c) => c.push('news', { text: 'a' }))
      fresh.handle('quick', () => {
        throw new Error('x')
      })
    })
    const flooding = await connect(url)
    for (const message of ['bad', 'worse']) flooding.send(message)
    await flooding.closed()
    const peer = await connect(url)
    for (const message of ['{"cmd":"anything"}', '{"cmd":"quick"}', '{"cmd":"nope"}', 'garbage']) peer.send(message)
    await peer.settled()
    const other = await connect(url)
    for (const session of server.sessions.values()) session.close(4001)
    await other.closed()
    await connect(url)

    await reader.forceFlush()
    const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    const points = Object.fromEntries(
      found.map((metric) => [
        metric.descriptor.name,
        metric.dataPoints.map((point) => [point.attributes, countOf(point.value)]),
      ]),
    )
    const call = (cmd: string, more: object): object => ({ 'rpc.system.name': 'wsrv', 'rpc.method': cmd, ...more })
    expect(points).toEqual({
      'rpc.server.call.duration': [
        [call('anything', { 'rpc.response.status_code': '0' }), 1],
        [call('quick', { 'rpc.response.status_code': '500', 'error.type': 'internal' }), 1],
      ],
      'wsrv.server.request.size': [
        [call('anything', {}), 1],
        [call('quick', {}), 1],
      ],
      'wsrv.server.response.size': [
        [call('anything', {}), 1],
        [call('quick', {}), 1],
      ],
      'wsrv.server.push.size': [[{ 'wsrv.push.name': 'news' }, 1]],
      'wsrv.server.limits': [[{ 'wsrv.limit.name': 'maxBadMessages' }, 1]],
      'wsrv.server.connections': [[{}, 1]],
      'wsrv.server.connection.duration': [
        [{ 'wsrv.close.code': 4400 }, 1],
        [{ 'wsrv.close.code': 4001 }, 2],
      ],
      'wsrv.server.refusals': [
        [{ 'rpc.response.status_code': '400', 'error.type': 'bad_request' }, 2],
        [{ 'rpc.response.status_code': '-1', 'error.type': 'not_implemented' }, 1],
      ],
      'wsrv.server.pushes': [[{ 'wsrv.push.name': 'news' }, 1]],
      'wsrv.server.push.receivers': [[{ 'wsrv.push.name': 'news' }, 1]],
      'wsrv.server.failures': [[{ 'wsrv.failure.kind': 'handler_threw' }, 1]],
    })
    const sums = found.flatMap(({ descriptor, dataPoints }) =>
      descriptor.unit === 'By'
        ? [[descriptor.name, (dataPoints[0]?.value as { readonly sum: number } | undefined)?.sum]]
        : [],
    )
    expect(Object.fromEntries(sums)).toEqual({
      'wsrv.server.request.size': '{"cmd":"anything"}'.length,
      'wsrv.server.response.size': '{"cmd":"anything","seqno":"","status":0,"msg":"ok","data":true}'.length,
      'wsrv.server.push.size': '{"cmd":"news","seqno":"xxxxxxxx","status":0,"msg":"ok","data":{"text":"a"}}'.length,
    })
    await meterProvider.shutdown()
  })
})

function countOf(value: unknown): unknown {
  return typeof value === 'number' ? value : (value as { count: number }).count
}

/** What the OpenTelemetry SDK registers, as far as `traceparent` is concerned. */
function w3cPropagator(): TextMapPropagator {
  return {
    inject: () => undefined,
    fields: () => ['traceparent'],
    extract: (active, carrier, getter) => {
      const value = getter.get(carrier, 'traceparent')
      const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(String(value)) ?? []
      if (traceId === undefined || spanId === undefined) return active
      const caller: Span = trace.wrapSpanContext({ traceId, spanId, traceFlags: 1, isRemote: true })
      return trace.setSpan(active, caller)
    },
  }
}
