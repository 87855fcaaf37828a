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

/** Tells logger and observers what happened, and lets none of them harm the server, or another. */
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
  readonly #observers: readonly Observer[]

  constructor(logger: Logger, observers: readonly Observer[]) {
    this.#logger = logger
    this.#observers = observers
    const hears = (method: keyof Observer): boolean => observers.some((one) => one[method] !== undefined)
    this.timesRequests = hears('requestEnded')
    this.countsRefusals = hears('requestRefused')
    this.countsPushes = hears('pushSent')
    this.followsConnections = logger !== consoleLogger || hears('connectionOpened') || hears('connectionClosed')
  }

  /** A session began. */
  opened(event: ConnectionOpened): void {
    this.#log('debug', event, 'connection opened')
    this.#tell('connectionOpened', (observer) => observer.connectionOpened?.(event))
  }

  /** A session ended. */
  closed(event: ConnectionClosed): void {
    this.#log('debug', event, 'connection closed')
    this.#tell('connectionClosed', (observer) => observer.connectionClosed?.(event))
  }

  /** A request ended. */
  ended(event: RequestEnded): void {
    this.#tell('requestEnded', (observer) => observer.requestEnded?.(event))
  }

  /** A message was answered without asking a handler. */
  refused(event: RequestRefused): void {
    this.#tell('requestRefused', (observer) => observer.requestRefused?.(event))
  }

  /** A push was handed to sessions. */
  pushed(event: PushSent): void {
    this.#tell('pushSent', (observer) => observer.pushSent?.(event))
  }

  /** A client came to a limit. Not logged: who floods a server must not flood its log. */
  limitReached(event: LimitReached): void {
    this.#tell('limitReached', (observer) => observer.limitReached?.(event))
  }

  /** Something went wrong that no client is told of. */
  failed(failure: Failure): void {
    const { error, ...facts } = failure
    // pino, and who writes logs in its manner, knows how to write an error of this name only.
    this.#log('error', { ...facts, err: error }, MESSAGES[failure.kind])
    this.#tell('failed', (observer) => observer.failed?.(failure))
  }

  #tell(method: keyof Observer, call: (observer: Observer) => unknown): void {
    for (const observer of this.#observers) {
      try {
        catchRejection(call(observer), (err) => this.#observerFailed(method, err))
      } catch (err) {
        this.#observerFailed(method, err)
      }
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
