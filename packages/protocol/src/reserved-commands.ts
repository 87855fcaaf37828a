import type { SessionGrant, SessionRequest } from './session.ts'

/** First character of every reserved command. A contract may not declare a name that begins with it. PROTOCOL.md §Extensions. */
export const RESERVED_PREFIX = '$'

const RESERVED_CODE = /* @__PURE__ */ RESERVED_PREFIX.charCodeAt(0)

/** Whether a command name belongs to the protocol. */
export function isReservedCmd(cmd: string): boolean {
  return cmd.charCodeAt(0) === RESERVED_CODE
}

/** The reserved commands and pushes, by their meaning. PROTOCOL.md §Extensions. */
export const EXTENSION = {
  /** The client's introduction; the first request of a connection. */
  hello: '$hello',
  /** Fresh credentials for a connection. */
  auth: '$auth',
  /** Whether the link is alive. */
  ping: '$ping',
  /** The caller gave a request up. */
  cancel: '$cancel',
  /** Push: the server asks for fresh credentials. */
  reauth: '$reauth',
  /** Says what has been received; never answered. */
  ack: '$ack',
  /** Says how many items of a stream the client takes; never answered. */
  credit: '$credit',
  /** Push: messages are missing here. */
  gap: '$gap',
  /** Push: the server shuts down, the client goes on elsewhere. */
  goaway: '$goaway',
} as const

/** Data of `$hello`. PROTOCOL.md §$hello. */
export interface HelloRequest {
  /** Library and version: `wsrv-ts/0.1.0`. */
  readonly client: string
  /** Hash of the contract the client was generated from. */
  readonly contract?: string
  /** Credentials, for the server's `authenticate`. */
  readonly auth?: unknown
  /** Asks for a session that outlives its connection. */
  readonly session?: SessionRequest | undefined
}

/** What a server with extensions answers to `$hello`. PROTOCOL.md §$hello. */
export interface HelloResponse {
  /** Library and version. */
  readonly server: string
  /** Silence after which the server drops a connection, in ms; 0 when it never does. */
  readonly heartbeatTimeoutMs: number
  /** Largest message that the server reads, in bytes. */
  readonly maxMessageBytes: number
  /** Requests that a session may have in flight. */
  readonly maxInFlight?: number
  /** Whether the server knows `$cancel`. */
  readonly cancel: boolean
  /** Hash of the server's contract. */
  readonly contract?: string
  /** When the hashes differ: hash of each of the server's commands and pushes, by name. */
  readonly commands?: Readonly<Record<string, string>>
  /** When the server knows the client's contract: what changed since then and is not harmless, by command and push. */
  readonly changes?: Readonly<Record<string, 'breaking' | 'review'>>
  /** The session that the client asked for, or another in its place; absent when the server has none to give. */
  readonly session?: SessionGrant
}

/** Data of the push `$goaway`. PROTOCOL.md §$goaway. */
export interface GoAwayData {
  /** Time after which the server closes the connection, in ms. */
  readonly drainMs: number
}

/** Data of `$auth`. PROTOCOL.md §$auth. */
export interface AuthRequest {
  readonly auth: unknown
}

/** Data of `$credit`. PROTOCOL.md §$credit. */
export interface CreditRequest {
  /** Seqno of the request that has opened the stream. */
  readonly seqno: string
  /** Items that the client takes in all, counted from the first. */
  readonly items: number
}

/** Data of `$cancel`. PROTOCOL.md §$cancel. */
export interface CancelRequest {
  /** Seqno of the request that is not wanted any more. */
  readonly seqno: string
}
