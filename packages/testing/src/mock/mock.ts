import type { ApiShape, CloseOptions, HandlersOf, Server, ServerOptions } from '@wsrv/server'
import type { MockFaults } from './mock-faults.ts'
import type { MockScript } from './mock-script.ts'

/** How a mock answers; everything has a default. */
export interface MockOptions<Api extends ApiShape> {
  /** Commands with an answer of yours; they come before the script. */
  readonly handlers?: Partial<HandlersOf<Api>> | undefined
  /** Answers and pushes as plain data. */
  readonly script?: MockScript | undefined
  /** Another seed draws other values; the same one draws the same. Default 1. */
  readonly seed?: number | undefined
  /** Drawn times lie in the thirty days before it, in ms since 1970. Default: the first of 2026, so that tests know what comes. */
  readonly nowMs?: number | undefined
  /** What goes wrong. Default: nothing. */
  readonly faults?: MockFaults | undefined
  /** Options of the server below: `clock`, `transport`, `logger`, `authenticate`, … */
  readonly server?: Omit<ServerOptions<Api>, 'handlers'> | undefined
}

/** One request that a mock has received. */
export interface MockRequest {
  readonly cmd: string
  readonly data: unknown
  readonly sid: string
}

/** A server of a contract without an application behind it. */
export interface Mock<Api extends ApiShape> {
  /** The server: it listens, attaches, pushes and closes as every other. */
  readonly server: Server<Api>
  /** The latest requests that matched the contract, at most 1,000, oldest first. */
  readonly requests: readonly MockRequest[]
  /** Answers commands by these handlers from now on. */
  answer(handlers: Partial<HandlersOf<Api>>): void
  /** Answers as at the beginning again, and forgets {@link requests}. */
  reset(): void
  /** Ends the schedule of pushes and closes the server. */
  close(options?: CloseOptions): Promise<void>
}
