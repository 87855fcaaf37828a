import type { Connection, Transport, TransportEvents } from '@wsrv/client'
import { MemoryPeer } from './memory-peer.ts'

/**
 * A client's transport whose other end is a script: every connection that the client makes is a {@link MemoryPeer},
 * which plays the server with literal frames.
 */
export class MemoryTransport implements Transport {
  /** Every connection so far, in order, those that have ended included. */
  readonly peers: MemoryPeer[] = []
  readonly #answer: (peer: MemoryPeer) => void

  /** @param answer decides about each new connection, a microtask after it was asked for. Default: opens it. */
  constructor(answer: (peer: MemoryPeer) => void = (peer) => peer.open()) {
    this.#answer = answer
  }

  /** The current connection: the newest. */
  get peer(): MemoryPeer {
    const peer = this.peers.at(-1)
    if (!peer) throw new Error('no client has connected')
    return peer
  }

  /** Connections that have not ended: a test's leak check. */
  get liveConnections(): number {
    return this.peers.filter((peer) => peer.state !== 'closed').length
  }

  connect(url: string, events: TransportEvents): Connection {
    const peer = new MemoryPeer(url, events)
    this.peers.push(peer)
    queueMicrotask(() => this.#answer(peer))
    return peer.connection
  }
}
