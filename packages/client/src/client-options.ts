import type { ClientCodec, Clock } from '@wsrv/protocol'
import type { CommandInfo } from './command-info.ts'
import type { ContractHashes } from './contract-mismatch.ts'
import type { Problem } from './problem.ts'
import type { ConnectionClose, Transport } from './transport.ts'

/** Where to connect: fixed, or asked for at each attempt (a token in the query, another host). A failing function counts as a failed attempt. */
export type ClientUrl = string | URL | (() => string | URL | Promise<string | URL>)

/** What makes calls: a client, or what `setup` is given. */
export interface Caller {
  call<Response>(info: CommandInfo, data: unknown, options?: CallOptions): Promise<Response>
}

/** Options of a client. Every one has a default that suits a web page. `Commands` are a generated client's methods. */
export interface ClientOptions<Commands extends object = object> {
  /** Frame type of what the client sends; either is understood. Default `text`. */
  readonly messageType?: 'text' | 'binary'
  /** Time per call, in ms, the wait for a connection included, unless the call or the contract says otherwise. Default
   * `CALL_TIMEOUT_MS`. */
  readonly timeoutMs?: number
  /**
   * Speaks the protocol's extensions: `$hello` on connect, deadlines that travel, `$cancel`, `$ping`. Default true: a server
   * without them answers -1 and the client goes on. False: the base protocol to the byte; a half-open link goes unnoticed.
   */
  readonly extensions?: boolean
  /**
   * Asks for a session that outlives its connection: a drop then loses no push, runs nothing twice and gives up no call.
   * Default true; a server that has none to give is used as ever. PROTOCOL.md §Sessions.
   */
  readonly sessions?: boolean
  /** Credentials, or a function asked for them at each attempt: presented in `$hello`, before any call leaves. Default none. */
  readonly auth?: string | Readonly<Record<string, unknown>> | (() => unknown)
  /**
   * Runs on every new connection, after `$hello` and before any other call leaves: a new connection is a new session, which
   * has to register and join again. Only then is the client `open`.
   *
   * Calls of the `client` that it is given go first; they fail with their connection, because setup runs again on the next.
   * A call of the outer client waits until setup is done: do not await one here. What it throws is reported as
   * `setup_failed`, and the client tries again after a delay, or closes if `reconnect.isFinal` says so. Default none.
   */
  setup?(client: Caller & Commands): unknown
  /** Makes the methods that `setup` calls; generated code sets it. Default none. */
  commands?(caller: Caller): object
  /**
   * Calls that may be in flight at once; those beyond it wait in the outbox. Default what the server's `$hello` says, and 1
   * for a server without extensions, which then rests 5 ms between an answer and the next call: the Go server does not
   * survive two answers at once.
   */
  readonly maxInFlight?: number
  /** What the client was generated from; generated code sets it. Default unknown: mismatches go unnoticed. */
  readonly contract?: ContractHashes
  /** Waits with connecting for the first call or subscription. Default false: connects on creation. */
  readonly lazy?: boolean
  /** Silence after which a heartbeat is sent, in ms. Default `HEARTBEAT_INTERVAL_MS`; a server drops a client that is silent for 30 s. */
  readonly heartbeatIntervalMs?: number
  /** Time that each step of an attempt may take, in ms: connecting, `$hello` with its credentials, `setup`. Default `CONNECT_TIMEOUT_MS`. */
  readonly connectTimeoutMs?: number
  /** How to come back after a lost connection; false: never. */
  readonly reconnect?: ReconnectOptions | false
  /** Calls that wait for a connection. */
  readonly outbox?: OutboxOptions
  /**
   * Called with every problem that has no caller to reject: a subscriber that threw, an unreadable message, a deprecation.
   * Default {@link reportProblem}; deprecations go to the console.
   */
  readonly onProblem?: (problem: Problem) => void
  /** Seam. Default {@link createWebSocketTransport}. */
  readonly transport?: Transport
  /** Seam. Default `jsonClientCodec`. */
  readonly codec?: ClientCodec
  /** Seam. Default `systemClock`. */
  readonly clock?: Clock
  /** Returns a number from 0 to below 1. Default `Math.random`. */
  readonly random?: () => number
}

/** Exponential backoff with full jitter: the n-th delay is a random part of `minDelayMs · 2ⁿ⁻¹`, at most of `maxDelayMs`. */
export interface ReconnectOptions {
  /** Longest first delay, in ms. Default `RECONNECT_MIN_DELAY_MS`. */
  readonly minDelayMs?: number
  /** Longest delay of all, in ms. Default `RECONNECT_MAX_DELAY_MS`. */
  readonly maxDelayMs?: number
  /** Attempts in a row after which the client gives up. Default `Infinity`. */
  readonly maxAttempts?: number
  /** Whether a close is final: the client does not come back. Default {@link isFinalClose}. */
  readonly isFinal?: (close: ConnectionClose) => boolean
}

/** Bounds of the outbox. */
export interface OutboxOptions {
  /** Calls that may wait for a connection. Default `MAX_QUEUED_CALLS`; 0: a call without a connection fails at once. */
  readonly maxCalls?: number
  /** Which call fails with `queue_full` when one more comes. Default `reject_newest`. */
  readonly overflow?: 'reject_newest' | 'reject_oldest'
}

/** Options of one call. */
export interface CallOptions {
  /** Time this call may take, in ms, the wait for a connection included. */
  readonly timeoutMs?: number | undefined
  /** Aborts the call; it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}
