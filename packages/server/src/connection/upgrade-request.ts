import type { IncomingHttpHeaders } from 'node:http'

/**
 * The HTTP request that asked for a connection: what every transport knows of it. Node's own `IncomingMessage` is one.
 * RFC 6455 §4.1.
 */
export interface UpgradeRequest {
  /** Path and query: `/ws?token=x`. */
  readonly url?: string | undefined
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders
  readonly socket: {
    /** The peer's IP address; `undefined` once it is not known any more. */
    readonly remoteAddress?: string | undefined
  }
}
