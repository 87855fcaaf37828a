import type { Response } from '@wsrv/protocol'

/**
 * Carries pushes to the servers that have the sessions. Seam: in-process by default; a broker over a network makes
 * one of many servers. What it carries is plain data.
 */
export interface Broker {
  /** Hands a delivery to every subscribed server, the publishing one included. A rejection is reported. */
  publish(delivery: Delivery): void | Promise<void>
  /**
   * Starts to hand deliveries to a server.
   *
   * @returns a function that unsubscribes.
   */
  subscribe(deliver: (delivery: Delivery) => void): () => void
}

/** A push on its way to sessions. */
export interface Delivery {
  readonly target: Target
  /** The push as it will be written; checked already. */
  readonly push: Response
}

/** The receivers of a push. */
export type Target =
  | { readonly kind: 'session'; readonly sid: string }
  | { readonly kind: 'room'; readonly room: string }
  | { readonly kind: 'everyone' }

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
