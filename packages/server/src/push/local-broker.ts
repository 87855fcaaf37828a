import type { Broker, Delivery } from './broker.ts'

/** A broker for servers of one process: delivers at once. */
export function createLocalBroker(): Broker {
  const subscribers = new Set<(delivery: Delivery) => void>()
  return {
    publish: (delivery) => {
      for (const deliver of subscribers) deliver(delivery)
    },
    subscribe: (deliver) => {
      subscribers.add(deliver)
      return () => subscribers.delete(deliver)
    },
  }
}
