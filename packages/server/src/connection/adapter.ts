import type { UpgradeRefusal } from './refuse-upgrade.ts'
import type { ConnectionEvents, ServerConnection, UpgradeRequest } from './transport.ts'

/**
 * Where a server gets its upgrades from. Seam: Node's `http.Server` with `ws` is the default, `@wsrv/server/uws` another; the
 * connections of each run the same contract suite.
 */
export interface Adapter {
  /**
   * Starts to report upgrades.
   *
   * @returns a function that stops it, or leaves it to the server to refuse upgrades; idempotent.
   * @throws Error when the path is taken.
   */
  open(options: AdapterOptions, onUpgrade: (upgrade: PendingUpgrade) => void): () => void
}

/** Which upgrades to take, and what may come in later. */
export interface AdapterOptions {
  /** Compared exactly, without the query. */
  readonly path: string
  /** Largest message that the server reads; connections receive at most `HARD_MESSAGE_FACTOR` times as much. */
  readonly maxMessageBytes: number
  /** Silence after which a connection is dropped, in ms; 0 is off. For adapters whose connections are blind. */
  readonly heartbeatTimeoutMs?: number
}

/** An upgrade that waits to be accepted or refused, once; both are harmless when its client is gone. */
export interface PendingUpgrade {
  readonly request: UpgradeRequest
  /** Makes it a connection. RFC 6455 §4.2.2. */
  accept(open: (connection: ServerConnection) => ConnectionEvents): void
  /** Answers it with an HTTP error. */
  refuse(refusal: UpgradeRefusal): void
  /**
   * Watches over a client that has to wait for its answer.
   *
   * @param gone called when the client is known to be gone.
   * @returns a function that ends the watch; to be called before {@link accept} and {@link refuse}.
   */
  watch(gone: () => void): () => void
}
