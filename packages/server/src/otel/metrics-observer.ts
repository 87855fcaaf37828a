import { type Histogram, type Meter, type MeterProvider, metrics, trace } from '@opentelemetry/api'
import type { Observer } from '../observer/observer.ts'
import { ATTRIBUTE, RPC_SYSTEM, SCOPE_NAME, statusAttributes } from './attributes.ts'
import { createBrokerMetrics } from './broker-metrics.ts'

/** Where metrics go. */
export interface MeterOptions {
  /** Default: the one registered globally. */
  readonly meterProvider?: MeterProvider
}

/**
 * An observer that keeps a server's metrics: `createServer({ observer: createMetricsObserver() })`.
 *
 * - `rpc.server.call.duration`, s: requests by command and status, of OpenTelemetry's semantic conventions;
 * - `wsrv.server.request.size` and `wsrv.server.response.size`, By: messages of requests and of their answers, by command;
 *   under names of our own, because the semantic conventions dropped theirs;
 * - `wsrv.server.connections`: how many are open, and `wsrv.server.connection.duration`, s, by close code;
 * - `wsrv.server.refusals`: messages answered without a handler, by status: bad input, limits, closing;
 * - `wsrv.server.limits`: limits that were reached, by limit;
 * - `wsrv.server.pushes`, `wsrv.server.push.receivers`, and `wsrv.server.push.size`, By, of each, by push;
 * - `wsrv.server.pushes.dropped`: pushes that gave way behind slow readers, by push;
 * - `wsrv.server.failures`, by kind; the error itself goes to the span it happened in, if there is one;
 * - `wsrv.broker.…`, what happens between this server and the others of its broker.
 *
 * No attribute holds anything that a client chooses freely, so that no client can make series without end.
 */
export function createMetricsObserver({ meterProvider = metrics }: MeterOptions = {}): Observer {
  const meter = meterProvider.getMeter(SCOPE_NAME)
  const durations = meter.createHistogram('rpc.server.call.duration', {
    unit: 's',
    description: 'Time from a request to its answer.',
    advice: { explicitBucketBoundaries: [...REQUEST_SECONDS] },
  })
  const requestSizes = createSizes(meter, 'request')
  const responseSizes = createSizes(meter, 'response')
  const pushSizes = createSizes(meter, 'push')
  const connections = meter.createUpDownCounter('wsrv.server.connections', { description: 'Open connections.' })
  const lives = meter.createHistogram('wsrv.server.connection.duration', {
    unit: 's',
    description: 'Time from a connection’s beginning to its end.',
    advice: { explicitBucketBoundaries: [...CONNECTION_SECONDS] },
  })
  const refusals = meter.createCounter('wsrv.server.refusals', { description: 'Messages answered without a handler.' })
  const limits = meter.createCounter('wsrv.server.limits', { description: 'Limits that were reached.' })
  const pushes = meter.createCounter('wsrv.server.pushes', { description: 'Pushes, however many receive each.' })
  const receivers = meter.createCounter('wsrv.server.push.receivers', { description: 'Sessions that pushes went to.' })
  const dropped = meter.createCounter('wsrv.server.pushes.dropped', {
    description: 'Pushes that gave way behind slow readers.',
  })
  const failures = meter.createCounter('wsrv.server.failures', { description: 'Failures of the server’s own code.' })

  return {
    brokerEvent: createBrokerMetrics(meter),
    connectionOpened: () => connections.add(1),
    connectionClosed: ({ code, durationMs }) => {
      connections.add(-1)
      lives.record(durationMs / 1_000, { [ATTRIBUTE.closeCode]: code })
    },
    requestEnded: ({ cmd, status, durationMs, requestBytes, responseBytes }) => {
      const method = { [ATTRIBUTE.rpcSystem]: RPC_SYSTEM, [ATTRIBUTE.rpcMethod]: cmd }
      durations.record(durationMs / 1_000, { ...method, ...statusAttributes(status) })
      requestSizes.record(requestBytes, method)
      // A client that was gone by then was sent nothing.
      if (responseBytes > 0) responseSizes.record(responseBytes, method)
    },
    requestRefused: ({ status }) => refusals.add(1, statusAttributes(status)),
    pushSent: (push) => {
      pushes.add(1, { [ATTRIBUTE.push]: push.cmd })
      receivers.add(push.receivers, { [ATTRIBUTE.push]: push.cmd })
      pushSizes.record(push.bytes, { [ATTRIBUTE.push]: push.cmd })
    },
    pushesDropped: ({ cmd, pushes: count }) => dropped.add(count, { [ATTRIBUTE.push]: cmd }),
    limitReached: ({ limit }) => limits.add(1, { [ATTRIBUTE.limit]: limit }),
    failed: ({ kind, error }) => {
      failures.add(1, { [ATTRIBUTE.failureKind]: kind })
      trace.getActiveSpan()?.recordException(error instanceof Error ? error : String(error))
    },
  }
}

function createSizes(meter: Meter, what: 'request' | 'response' | 'push'): Histogram {
  return meter.createHistogram(`wsrv.server.${what}.size`, {
    unit: 'By',
    description: `Size of the message of a ${what}.`,
    advice: { explicitBucketBoundaries: [...BYTES] },
  })
}

/** From an empty answer to the largest message that is received. */
const BYTES = [64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304]
/** The buckets of the semantic conventions for request durations. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
/** From a visit that fails to a working day. */
const CONNECTION_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200]
