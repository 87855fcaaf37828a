import type { Meter } from '@opentelemetry/api'
import type { BrokerEvent } from '../observer/observer.ts'
import { ATTRIBUTE } from './attributes.ts'

/**
 * Keeps the metrics of a server's broker, under `wsrv.broker.`: `latency`, `away.duration` and `deaf.duration`, s;
 * `queue.deliveries`, `queue.size`, By, and `presence.members`, as they are now; `dropped`, by reason, `duplicates`, `rejected`,
 * `resubscriptions`, `lost.pushes`, `told.sessions` and `lost.servers`.
 */
export function createBrokerMetrics(meter: Meter): (event: BrokerEvent) => void {
  const name = (what: string): string => `wsrv.broker.${what}`
  const counter = (what: string, description: string) => meter.createCounter(name(what), { description })
  const seconds = (what: string, description: string) => meter.createHistogram(name(what), { unit: 's', description })
  const latency = seconds('latency', 'Time to the broker and back.')
  const away = seconds('away.duration', 'Time without the broker.')
  const deaf = seconds('deaf.duration', 'Time in which the broker delivered nothing.')
  const deliveries = meter.createGauge(name('queue.deliveries'), { description: 'Deliveries that wait.' })
  const bytes = meter.createGauge(name('queue.size'), { unit: 'By', description: 'Size of the deliveries that wait.' })
  const members = meter.createGauge(name('presence.members'), { description: 'Members of rooms at this server.' })
  const dropped = counter('dropped', 'Deliveries that were not sent.')
  const duplicates = counter('duplicates', 'Messages that came again.')
  const rejected = counter('rejected', 'Messages that could not be read.')
  const resubscriptions = counter('resubscriptions', 'Times that everything was subscribed again.')
  const pushes = counter('lost.pushes', 'Pushes known to be lost.')
  const sessions = counter('told.sessions', 'Sessions that were told of a loss.')
  const servers = counter('lost.servers', 'Servers that were found gone.')

  const record: { readonly [Kind in BrokerEvent['kind']]?: (event: Extract<BrokerEvent, { kind: Kind }>) => void } = {
    latency: ({ ms }) => latency.record(ms / 1_000),
    back: ({ awayMs }) => away.record(awayMs / 1_000),
    deaf: ({ deafMs }) => deaf.record(deafMs / 1_000),
    queue: (queue) => {
      deliveries.record(queue.deliveries)
      bytes.record(queue.bytes)
    },
    presence: (presence) => members.record(presence.members),
    dropped: (event) => dropped.add(event.deliveries, { [ATTRIBUTE.reason]: event.why }),
    duplicate: () => duplicates.add(1),
    rejected: () => rejected.add(1),
    resubscribed: () => resubscriptions.add(1),
    lost: (loss) => {
      pushes.add(loss.pushes)
      sessions.add(loss.sessions)
    },
    node_lost: () => servers.add(1),
  }
  return (event) => (record[event.kind] as ((event: BrokerEvent) => void) | undefined)?.(event)
}
