import type { Response } from '@wsrv/protocol'

/**
 * Carries pushes to the servers whose sessions they are for. Seam: in-process by default; a broker over a network makes
 * one of many servers. What it carries is plain data.
 */
export interface Broker {
  /** Hands a delivery to every subscribed server, the publishing one included. A rejection is reported. */
  publish(delivery: Delivery): void | Promise<void>
  /**
   * Begins to hand deliveries to a server.
   *
   * @returns ends it.
   */
  subscribe(deliver: (delivery: Delivery) => void): () => void
}

/** A push on its way to sessions. */
export interface Delivery {
  readonly target: Target
  /** The push as it will be written; checked already. */
  readonly push: Response
}

/** Whom a push is for. */
export type Target =
  | { readonly kind: 'session'; readonly sid: string }
  | { readonly kind: 'room'; readonly room: string }
  | { readonly kind: 'everyone' }
