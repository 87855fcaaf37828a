import type { Deadline } from './deadlines.ts'

/** A request in flight, as its session holds it. */
export interface Flight {
  readonly cmd: string
  readonly seqno: string
  /** In ms of the server's clock; 0 when nobody measures. */
  readonly startedAt: number
  /** There when the request outlives its first moment. */
  deadline: Deadline | undefined
  /** Whether the reply has left, or nobody is left to read it. */
  hasEnded: boolean
  /** Tells who still works on it that it is over. */
  cancel(code: 'timeout' | 'cancelled', msg: string): void
}
