import type { BrokerEvent } from '@wsrv/server'
import { Histogram } from './histogram.ts'
import { Series } from './series.ts'

/** One name in the text format: its type, what it means, its numbers. */
export interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly numbers: { write(): string }
}

/** Numbers of what happens between a server and the others of its broker. */
export class BrokerNumbers {
  readonly #latency = new Histogram('wsrv_broker_latency_seconds', SECONDS)
  readonly #away = new Series('wsrv_broker_away')
  readonly #awaySeconds = new Series('wsrv_broker_away_seconds_total')
  readonly #deafSeconds = new Series('wsrv_broker_deaf_seconds_total')
  readonly #queue = new Series('wsrv_broker_queue_deliveries')
  readonly #queueBytes = new Series('wsrv_broker_queue_bytes')
  readonly #dropped = new Series('wsrv_broker_dropped_total')
  readonly #duplicates = new Series('wsrv_broker_duplicates_total')
  readonly #rejected = new Series('wsrv_broker_rejected_total')
  readonly #resubscriptions = new Series('wsrv_broker_resubscriptions_total')
  readonly #lost = new Series('wsrv_broker_lost_pushes_total')
  readonly #told = new Series('wsrv_broker_told_sessions_total')
  readonly #nodesLost = new Series('wsrv_broker_servers_lost_total')
  readonly #presence = new Series('wsrv_broker_presence_members')

  count(event: BrokerEvent): void {
    if (event.kind === 'latency') this.#latency.observe(event.ms / 1_000)
    else if (event.kind === 'away') this.#away.set(1)
    else if (event.kind === 'back') {
      this.#away.set(0)
      this.#awaySeconds.add(event.awayMs / 1_000)
    } else if (event.kind === 'deaf') this.#deafSeconds.add(event.deafMs / 1_000)
    else if (event.kind === 'queue') {
      this.#queue.set(event.deliveries)
      this.#queueBytes.set(event.bytes)
    } else if (event.kind === 'presence') this.#presence.set(event.members)
    else this.#countLosses(event)
  }

  families(): Family[] {
    const [counter, gauge, broker] = ['counter', 'gauge', 'wsrv_broker'] as const
    return [
      {
        name: `${broker}_latency_seconds`,
        type: 'histogram',
        help: 'Time of a probe to Redis and back.',
        numbers: this.#latency,
      },
      { name: `${broker}_away`, type: gauge, help: 'Whether the broker is away.', numbers: this.#away },
      { name: `${broker}_away_seconds_total`, type: counter, help: 'Time it was away.', numbers: this.#awaySeconds },
      { name: `${broker}_deaf_seconds_total`, type: counter, help: 'Time nothing came.', numbers: this.#deafSeconds },
      { name: `${broker}_queue_deliveries`, type: gauge, help: 'Deliveries that wait.', numbers: this.#queue },
      { name: `${broker}_queue_bytes`, type: gauge, help: 'Bytes of them.', numbers: this.#queueBytes },
      {
        name: `${broker}_dropped_total`,
        type: counter,
        help: 'Deliveries not sent, by reason.',
        numbers: this.#dropped,
      },
      { name: `${broker}_duplicates_total`, type: counter, help: 'Repeated messages.', numbers: this.#duplicates },
      { name: `${broker}_rejected_total`, type: counter, help: 'Unreadable messages.', numbers: this.#rejected },
      {
        name: `${broker}_resubscriptions_total`,
        type: counter,
        help: 'Times that all was subscribed again.',
        numbers: this.#resubscriptions,
      },
      { name: `${broker}_lost_pushes_total`, type: counter, help: 'Pushes known to be lost.', numbers: this.#lost },
      { name: `${broker}_told_sessions_total`, type: counter, help: 'Sessions told of a loss.', numbers: this.#told },
      { name: `${broker}_servers_lost_total`, type: counter, help: 'Servers found gone.', numbers: this.#nodesLost },
      { name: `${broker}_presence_members`, type: gauge, help: 'Members of rooms here.', numbers: this.#presence },
    ]
  }

  #countLosses(event: BrokerEvent): void {
    if (event.kind === 'dropped') this.#dropped.add(event.deliveries, { why: event.why })
    else if (event.kind === 'duplicate') this.#duplicates.add(1)
    else if (event.kind === 'rejected') this.#rejected.add(1)
    else if (event.kind === 'resubscribed') this.#resubscriptions.add(1)
    else if (event.kind === 'node_lost') this.#nodesLost.add(1)
    else if (event.kind === 'lost') {
      this.#lost.add(event.pushes)
      this.#told.add(event.sessions)
    }
  }
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
