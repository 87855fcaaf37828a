import type { Clock } from '@wsrv/protocol'
import { LineThrottle } from './line-throttle.ts'
import type { Logger } from './logger.ts'
import { consoleLogger } from './logger.ts'
import type {
  BrokerEvent,
  ConnectionClosed,
  ConnectionOpened,
  Failure,
  FailureKind,
  LimitReached,
  Observer,
  PushesDropped,
  PushSent,
  RequestEnded,
  RequestRefused,
  UpgradeRefused,
} from './observer.ts'

/** Reports what happened to the logger and the observers; none of them can harm the server, or another. */
export class Reporter {
  /** Whether requests are observed; if false, nothing is measured. */
  readonly timesRequests: boolean
  /** Whether connections are observed; if false, the remote address is not looked up. */
  readonly followsConnections: boolean
  /** Whether refusals are observed. */
  readonly countsRefusals: boolean
  /** Whether pushes are observed. */
  readonly countsPushes: boolean
  readonly #logger: Logger
  readonly #observers: readonly Observer[]
  readonly #throttle: LineThrottle

  /** @param clock by which the lines of a second are counted. */
  constructor(logger: Logger, observers: readonly Observer[], clock: Clock) {
    this.#logger = logger
    this.#throttle = new LineThrottle(clock, MAX_LINES_PER_SECOND)
    this.#observers = observers
    const isObserved = (method: keyof Observer): boolean => observers.some((one) => one[method] !== undefined)
    this.timesRequests = isObserved('requestEnded')
    this.countsRefusals = isObserved('requestRefused')
    this.countsPushes = isObserved('pushSent')
    this.followsConnections =
      logger !== consoleLogger || isObserved('connectionOpened') || isObserved('connectionClosed')
  }

  /** A session began. */
  opened(event: ConnectionOpened): void {
    this.#log('debug', event, 'connection opened')
    this.#notify('connectionOpened', (observer) => observer.connectionOpened?.(event))
  }

  /** A session ended. */
  closed(event: ConnectionClosed): void {
    this.#log('debug', event, 'connection closed')
    this.#notify('connectionClosed', (observer) => observer.connectionClosed?.(event))
  }

  /** A request ended. */
  ended(event: RequestEnded): void {
    this.#notify('requestEnded', (observer) => observer.requestEnded?.(event))
  }

  /** A message was answered without asking a handler. */
  refused(event: RequestRefused): void {
    this.#notify('requestRefused', (observer) => observer.requestRefused?.(event))
  }

  /** Data did not match its schema: for the developer of a client, who may see no more than a failed call. */
  mismatched(facts: object): void {
    this.#logSome('debug', facts, 'data does not match its schema')
  }

  /** An upgrade did not become a connection. A page is only told that it failed, so the server's log has to say why. */
  upgradeRefused(event: UpgradeRefused): void {
    if (event.reason === 'origin') this.#logSome('warn', event, ORIGIN_REFUSED)
    else this.#logSome('debug', event, 'upgrade refused')
    this.#notify('upgradeRefused', (observer) => observer.upgradeRefused?.(event))
  }

  /** A push was handed to sessions. */
  pushed(event: PushSent): void {
    this.#notify('pushSent', (observer) => observer.pushSent?.(event))
  }

  /** Pushes gave way behind a slow reader. */
  pushesDropped(event: PushesDropped): void {
    this.#notify('pushesDropped', (observer) => observer.pushesDropped?.(event))
  }

  /** Something happened between the servers. Only what an operator acts on is logged: an outage is two lines. */
  brokerEvent(event: BrokerEvent): void {
    const logged = BROKER_MESSAGES.get(event.kind)
    if (logged !== undefined) {
      const { error: err, ...facts } = { error: undefined, ...event }
      this.#log(logged[0], err === undefined ? facts : { ...facts, err }, logged[1])
    }
    this.#notify('brokerEvent', (observer) => observer.brokerEvent?.(event))
  }

  /** A client came to a limit. Not logged: a client that floods a server must not flood its log. */
  limitReached(event: LimitReached): void {
    this.#notify('limitReached', (observer) => observer.limitReached?.(event))
  }

  /** Something went wrong whose cause stays in the server. */
  failed(failure: Failure): void {
    const { error, ...facts } = failure
    // pino-style loggers serialize an error only under the key `err`.
    this.#logSome('error', { ...facts, err: error }, MESSAGES[failure.kind])
    this.#notify('failed', (observer) => observer.failed?.(failure))
  }

  #notify(method: keyof Observer, call: (observer: Observer) => unknown): void {
    for (const observer of this.#observers) {
      try {
        catchRejection(call(observer), (err) => this.#observerFailed(method, err))
      } catch (err) {
        this.#observerFailed(method, err)
      }
    }
  }

  #observerFailed(method: keyof Observer, err: unknown): void {
    this.#logSome('error', { kind: 'observer_threw', method, err }, MESSAGES.observer_threw)
  }

  /** What clients can cause as often as they like: some lines of each kind in a second. */
  #logSome(level: keyof Logger, facts: object, msg: string): void {
    const more = this.#throttle.admit(msg)
    if (more !== undefined) this.#log(level, { ...facts, ...more }, msg)
  }

  #log(level: keyof Logger, facts: object, msg: string): void {
    try {
      catchRejection(this.#logger[level](facts, msg), ignore)
    } catch {
      // There is nowhere left to report a logger that throws.
    }
  }
}

/** A hook may return a promise by mistake; its rejection must not crash the process. */
function catchRejection(result: unknown, caught: (error: unknown) => void): void {
  if (result instanceof Promise) result.catch(caught)
}

/** Ten of a kind tell what is wrong; that there were more, the next one says. */
const MAX_LINES_PER_SECOND = 10

const ORIGIN_REFUSED =
  'upgrade refused: its Origin is not allowed. Name it in allowedOrigins; or, if it is the page of this server behind a proxy, let the proxy pass the Host header on'

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

const BROKER_MESSAGES: ReadonlyMap<BrokerEvent['kind'], readonly [keyof Logger, string]> = new Map([
  ['away', ['warn', 'the broker is away: pushes reach the sessions of this server only']],
  ['back', ['info', 'the broker is back']],
  ['deaf', ['warn', 'the broker delivered nothing, and is subscribed again']],
  ['node_lost', ['warn', 'another server is gone; its members were forgotten']],
  ['dropped', ['debug', 'pushes to other servers were dropped']],
  ['rejected', ['debug', 'a message from another server could not be read']],
])
