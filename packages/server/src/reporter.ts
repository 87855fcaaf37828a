import { consoleLogger } from './console-logger.ts'
import type { Logger } from './logger.ts'
import type {
  ConnectionClosed,
  ConnectionOpened,
  Failure,
  FailureKind,
  Observer,
  PushSent,
  RequestEnded,
  RequestRefused,
} from './observer.ts'

/** Tells logger and observer what happened, and lets neither of them harm the server. */
export class Reporter {
  /** Whether somebody wants to know of requests; when not, nothing is measured. */
  readonly timesRequests: boolean
  /** Whether somebody wants to know of connections; when not, nobody need ask who they are. */
  readonly followsConnections: boolean
  /** Whether somebody wants to know of pushes. */
  readonly countsPushes: boolean
  readonly #logger: Logger
  readonly #observer: Observer

  constructor(logger: Logger, observer: Observer) {
    this.#logger = logger
    this.#observer = observer
    this.timesRequests = observer.requestEnded !== undefined
    this.countsPushes = observer.pushSent !== undefined
    const { connectionOpened, connectionClosed } = observer
    this.followsConnections = logger !== consoleLogger || (connectionOpened ?? connectionClosed) !== undefined
  }

  /** A session began. */
  opened(event: ConnectionOpened): void {
    this.#log('debug', event, 'connection opened')
    this.#tell('connectionOpened', () => this.#observer.connectionOpened?.(event))
  }

  /** A session ended. */
  closed(event: ConnectionClosed): void {
    this.#log('debug', event, 'connection closed')
    this.#tell('connectionClosed', () => this.#observer.connectionClosed?.(event))
  }

  /** A request ended. */
  ended(event: RequestEnded): void {
    this.#tell('requestEnded', () => this.#observer.requestEnded?.(event))
  }

  /** A message was answered without asking a handler. */
  refused(event: RequestRefused): void {
    this.#tell('requestRefused', () => this.#observer.requestRefused?.(event))
  }

  /** A push was handed to sessions. */
  pushed(event: PushSent): void {
    this.#tell('pushSent', () => this.#observer.pushSent?.(event))
  }

  /** Something went wrong that no client is told of. */
  failed(failure: Failure): void {
    this.#log('error', failure, MESSAGES[failure.kind])
    this.#tell('failed', () => this.#observer.failed?.(failure))
  }

  #tell(method: keyof Observer, call: () => void): void {
    try {
      call()
    } catch (error) {
      this.#log('error', { kind: 'observer_threw', method, error }, MESSAGES.observer_threw)
    }
  }

  #log(level: keyof Logger, facts: object, msg: string): void {
    try {
      this.#logger[level](facts, msg)
    } catch {
      // A logger that throws leaves nobody to tell.
    }
  }
}

const MESSAGES: Readonly<Record<FailureKind, string>> = {
  handler_threw: 'a handler or its middleware threw',
  bad_response: 'an answer does not match the contract',
  no_answer: 'a chain ended without an answer',
  authenticate_failed: 'authenticate threw or gave no verdict',
  authorize_failed: 'authorizeUpgrade threw or gave no verdict',
  listener_threw: 'a listener threw',
  broker_failed: 'the broker failed',
  observer_threw: 'the observer threw',
  origin_check_threw: 'the check of allowed origins threw',
  accept_failed: 'a connection could not be accepted',
}
