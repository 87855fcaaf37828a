import type { Observer } from '@wsrv/server'
import { BrokerNumbers } from './broker-numbers.ts'
import { Histogram } from './histogram.ts'
import { Series } from './series.ts'

/** An observer that keeps numbers, and the numbers as Prometheus reads them. */
export interface Prometheus {
  /** For `createServer({ observer })`. */
  readonly observer: Observer
  /** Every number in the text format, version 0.0.4. */
  write(): string
}

/** The type of what {@link Prometheus.write} returns. */
export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Counts what a server does. No label holds anything that a client chooses, so that no client can make series without end. */
export function createPrometheus(): Prometheus {
  const requests = new Histogram('wsrv_request_duration_seconds', SECONDS)
  const connections = new Series('wsrv_connections')
  const disconnects = new Series('wsrv_disconnects_total')
  const refusals = new Series('wsrv_refusals_total')
  const pushes = new Series('wsrv_pushes_total')
  const receivers = new Series('wsrv_push_receivers_total')
  const failures = new Series('wsrv_failures_total')
  const limits = new Series('wsrv_limits_total')
  const requestBytes = new Series('wsrv_request_bytes_total')
  const responseBytes = new Series('wsrv_response_bytes_total')
  const pushBytes = new Series('wsrv_push_bytes_total')
  const broker = new BrokerNumbers()
  connections.add(0) // a server that nobody has called yet has none, which is not the same as no number

  return {
    observer: {
      connectionOpened: () => connections.add(1),
      connectionClosed: ({ code }) => {
        connections.add(-1)
        disconnects.add(1, { code })
      },
      requestEnded: ({ cmd, status, durationMs, ...bytes }) => {
        requests.observe(durationMs / 1_000, { cmd, status })
        requestBytes.add(bytes.requestBytes, { cmd })
        responseBytes.add(bytes.responseBytes, { cmd })
      },
      requestRefused: ({ status }) => refusals.add(1, { status }),
      pushSent: (push) => {
        pushes.add(1, { push: push.cmd })
        receivers.add(push.receivers, { push: push.cmd })
        pushBytes.add(push.bytes * push.receivers, { push: push.cmd })
      },
      limitReached: ({ limit }) => limits.add(1, { limit }),
      failed: ({ kind }) => failures.add(1, { kind }),
      brokerEvent: (event) => broker.count(event),
    },
    write: () =>
      [
        family('wsrv_request_duration_seconds', 'histogram', 'Time from a request to its answer.', requests),
        family('wsrv_connections', 'gauge', 'Open connections.', connections),
        family('wsrv_disconnects_total', 'counter', 'Connections that ended, by close code.', disconnects),
        family('wsrv_refusals_total', 'counter', 'Messages answered without a handler.', refusals),
        family('wsrv_pushes_total', 'counter', 'Pushes, however many receive each.', pushes),
        family('wsrv_push_receivers_total', 'counter', 'Sessions that pushes went to.', receivers),
        family('wsrv_request_bytes_total', 'counter', 'Bytes of requests.', requestBytes),
        family('wsrv_response_bytes_total', 'counter', 'Bytes of answers to requests.', responseBytes),
        family('wsrv_push_bytes_total', 'counter', 'Bytes of pushes, to all who received them.', pushBytes),
        family('wsrv_limits_total', 'counter', 'Limits that clients came to, by name.', limits),
        family('wsrv_failures_total', 'counter', 'Failures of the code of the server.', failures),
        ...broker.families().map(({ name, type, help, numbers }) => family(name, type, help, numbers)),
      ].join(''),
  }
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function family(name: string, type: string, help: string, numbers: { write(): string }): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${numbers.write()}`
}
