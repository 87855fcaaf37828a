import type { UpgradeRefusal } from './refuse-upgrade.ts'
import type { ConnectionEvents, ServerConnection } from './transport.ts'
import type { UpgradeRequest } from './upgrade-request.ts'

/**
 * Where clients come in. Seam: Node's `http.Server` with `ws` is the default, `@wsrv/server/uws` another; what comes out of
 * it, connections, runs the same contract suite.
 */
export interface Adapter {
  /**
   * Begins to tell of upgrades.
   *
   * @returns stops that, or leaves it to the server to refuse them; idempotent.
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
}

/** An upgrade that waits to be let in or refused, once; both are harmless when its client is gone. */
export interface PendingUpgrade {
  readonly request: UpgradeRequest
  /** Makes it a connection. RFC 6455 §4.2.2. */
  accept(open: (connection: ServerConnection) => ConnectionEvents): void
  /** Answers it with an HTTP error. */
  refuse(refusal: UpgradeRefusal): void
  /**
   * Watches over a client that has to wait for its answer.
   *
   * @param gone told when the client is known not to wait any longer.
   * @returns ends the watch; before {@link accept} and {@link refuse}.
   */
  watch(gone: () => void): () => void
}
