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
  /** In ms of the server's clock; 0 when requests are not observed. */
  readonly startedAt: number
  /** There when the request outlives its first moment. */
  deadline: { cancel(): void } | undefined
  /** Whether the reply has left, or the client is gone. */
  hasEnded: boolean
  /** Whether its work is done, too: a handler that does not heed its signal goes on. */
  hasSettled: boolean
  /** The answer; `undefined` until there is one. */
  response: Response | undefined
  /** Fires the signal of the code that still works on it. */
  stop(stop: Stop): void
}

/** How a request is stopped. */
export interface Stop {
  /** Its time is up, or its answer is not waited for any more. */
  readonly code: 'timeout' | 'cancelled'
  /** For the server's developers. */
  readonly reason: string
}
