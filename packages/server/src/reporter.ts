import { consoleLogger } from './console-logger.ts'
import type { Logger } from './logger.ts'
import type {
  ConnectionClosed,
  ConnectionOpened,
  Failure,
  FailureKind,
  LimitReached,
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
  /** Whether somebody wants to know of refusals. */
  readonly countsRefusals: boolean
  /** Whether somebody wants to know of pushes. */
  readonly countsPushes: boolean
  readonly #logger: Logger
  readonly #observer: Observer

  constructor(logger: Logger, observer: Observer) {
    this.#logger = logger
    this.#observer = observer
    this.timesRequests = observer.requestEnded !== undefined
    this.countsRefusals = observer.requestRefused !== undefined
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

  /** A client came to a limit. */
  limitReached(event: LimitReached): void {
    this.#log('debug', event, 'limit reached')
    this.#tell('limitReached', () => this.#observer.limitReached?.(event))
  }

  /** Something went wrong that no client is told of. */
  failed(failure: Failure): void {
    const { error, ...facts } = failure
    // pino, and who writes logs in its manner, knows how to write an error of this name only.
    this.#log('error', { ...facts, err: error }, MESSAGES[failure.kind])
    this.#tell('failed', () => this.#observer.failed?.(failure))
  }

  #tell(method: keyof Observer, call: () => unknown): void {
    try {
      catchRejection(call(), (err) => this.#observerFailed(method, err))
    } catch (err) {
      this.#observerFailed(method, err)
    }
  }

  #observerFailed(method: keyof Observer, err: unknown): void {
    this.#log('error', { kind: 'observer_threw', method, err }, MESSAGES.observer_threw)
  }

  #log(level: keyof Logger, facts: object, msg: string): void {
    try {
      catchRejection(this.#logger[level](facts, msg), ignore)
    } catch {
      // A logger that throws leaves nobody to tell.
    }
  }
}

/** Who returns a promise by mistake, for nothing is awaited, must not end the process by it. */
function catchRejection(result: unknown, caught: (error: unknown) => void): void {
  if (result instanceof Promise) result.catch(caught)
}

const ignore = (): void => undefined

const MESSAGES: Readonly<Record<FailureKind, string>> = {
  handler_threw: 'a handler or its middleware threw',
  bad_response: 'an answer does not match the contract',
  no_answer: 'a chain ended without an answer',
  check_failed: 'a request could not be checked',
  codec_failed: 'the codec could not write an answer',
  authenticate_failed: 'authenticate threw or gave no verdict',
  authorize_failed: 'authorizeUpgrade threw or gave no verdict',
  listener_threw: 'a listener threw',
  broker_failed: 'the broker failed',
  observer_threw: 'the observer threw',
  origin_check_threw: 'the check of allowed origins threw',
  accept_failed: 'a connection could not be accepted',
}
