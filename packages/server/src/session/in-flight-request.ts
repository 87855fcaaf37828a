import type { Response } from '@wsrv/protocol'

/** A request in flight, as its session holds it. */
export interface InFlightRequest {
  readonly cmd: string
  /** As the request was sent: a former name of the command, or the same. What the reply says. */
  readonly sentCmd: string
  readonly seqno: string
  /** Frame type of the request, and so of its reply. */
  readonly isBinary: boolean
  /** Size of the request's message, in bytes. */
  readonly requestBytes: number
  /** In ms of the server's clock; 0 when nobody measures. */
  readonly startedAt: number
  /** There when the request outlives its first moment. */
  deadline: { cancel(): void } | undefined
  /** Whether the reply has left, or nobody is left to read it. */
  hasEnded: boolean
  /** The answer; `undefined` until there is one. */
  response: Response | undefined
  /** Tells who still works on it that it is over. */
  stop(stop: Stop): void
}

/** How a request is stopped. */
export interface Stop {
  /** Its time is up, or nobody waits for its answer. */
  readonly code: 'timeout' | 'cancelled'
  /** For the server's own people. */
  readonly reason: string
}
