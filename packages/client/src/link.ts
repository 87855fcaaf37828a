import { NO_CLOSE_FRAME, NORMAL_CLOSE, type Payload, type Timer } from '@wsrv/protocol'
import { Backoff } from './backoff.ts'
import type { ClientUrl } from './client-options.ts'
import { type ClientEvent, type ClientState, transition } from './client-state.ts'
import type { Settings } from './settings.ts'
import type { StateChange } from './state-change.ts'
import type { Connection, ConnectionClose } from './transport.ts'

/** A connection that has just been made and carries messages, but is not yet `open`. */
export interface FreshConnection {
  /** Whether it is still the connection of the moment. */
  isCurrent(): boolean
  /** Calls may leave: the client is `open`. */
  ready(): void
  /** It is of no use: it is dropped, and counts as a failed attempt. */
  fail(close: ConnectionClose): void
}

/** Whom a {@link Link} works for. */
export interface LinkOwner {
  /** The url function threw or rejected. */
  urlFailed(error: unknown): void
  /** There is a connection: what must come before everything else is said now, then `ready` called. */
  connected(connection: FreshConnection): void
  /** The client is `open`. */
  opened(): void
  received(payload: Payload): void
  /** The connection, or an attempt at one, is gone, and not by `close()`: before `changed` says what follows. */
  lost(close: ConnectionClose): void
  changed(change: StateChange): void
}

/**
 * A connection that comes back: owns the state, the one connection of the moment and the timers around it.
 *
 * Knows nothing of calls or messages.
 */
export class Link {
  readonly #url: ClientUrl
  readonly #owner: LinkOwner
  readonly #settings: Settings
  readonly #backoff: Backoff
  #state: ClientState = 'idle'
  #attempt: Attempt | undefined
  /** The end of an attempt's time while `connecting`, of a delay while `waiting`. */
  #timer: Timer | undefined
  #openedAt = 0

  constructor(url: ClientUrl, owner: LinkOwner, settings: Settings) {
    this.#url = url
    this.#owner = owner
    this.#settings = settings
    this.#backoff = new Backoff(settings.reconnect, settings.random)
  }

  get state(): ClientState {
    return this.#state
  }

  /** Makes sure that an attempt is under way; ends a delay. */
  connect(): void {
    if (transition(this.#state, 'connect') === this.#state) return
    const { connectTimeoutMs } = this.#settings
    const attempt: Attempt = {}
    this.#release()
    this.#attempt = attempt
    this.#setTimer(connectTimeoutMs, () =>
      this.#end(attempt, { code: NO_CLOSE_FRAME, reason: `not open within ${connectTimeoutMs} ms` }),
    )
    this.#apply('connect')
    void this.#dial(attempt)
  }

  /** Drops the connection of the moment, if there is one, and connects at once. */
  reconnect(): void {
    if (this.#attempt) {
      const close = { code: NORMAL_CLOSE, reason: 'reconnect' }
      this.#release()?.close(close.code, close.reason)
      this.#owner.lost(close)
      this.#apply('lost', { close, retryDelayMs: 0 })
    }
    this.connect()
  }

  /** Ends everything; idempotent. */
  close(): void {
    this.#release()?.close(NORMAL_CLOSE, '')
    if (this.#state !== 'closed') this.#apply('close')
  }

  /** Sends one message; false when there is no connection to send on: it was not sent. */
  send(payload: Payload): boolean {
    return this.#attempt?.isConnected === true && this.#attempt.connection?.send(payload) === true
  }

  /** Drops the connection of the moment, which is of no use any more, as if it had ended by itself. */
  fail(close: ConnectionClose): void {
    if (this.#attempt) this.#end(this.#attempt, close)
  }

  async #dial(attempt: Attempt): Promise<void> {
    try {
      const url = typeof this.#url === 'function' ? await this.#url() : this.#url
      if (this.#attempt !== attempt) return
      attempt.connection = this.#settings.transport.connect(String(url), {
        opened: () => this.#connected(attempt),
        received: (payload) => {
          if (this.#attempt === attempt) this.#owner.received(payload)
        },
        closed: (close) => this.#end(attempt, close),
      })
    } catch (cause) {
      this.#owner.urlFailed(cause)
      this.#end(attempt, { code: NO_CLOSE_FRAME, reason: 'the url function failed', cause })
    }
  }

  #connected(attempt: Attempt): void {
    const isCurrent = () => this.#attempt === attempt
    if (!isCurrent()) return
    attempt.isConnected = true
    this.#owner.connected({
      isCurrent,
      ready: () => {
        if (isCurrent()) this.#opened()
      },
      fail: (close) => this.#end(attempt, close),
    })
  }

  #opened(): void {
    this.#stopTimer()
    this.#openedAt = this.#settings.clock.now()
    this.#apply('opened')
  }

  /** The connection of the moment, or the attempt at one, ended by itself. */
  #end(attempt: Attempt, close: ConnectionClose): void {
    if (this.#attempt !== attempt) return
    const { clock, reconnect } = this.#settings
    const openMs = this.#state === 'open' ? clock.now() - this.#openedAt : 0
    this.#release()?.terminate()
    this.#owner.lost(close)
    const retryDelayMs = reconnect.isFinal(close) ? undefined : this.#backoff.next(openMs)
    if (retryDelayMs === undefined) {
      this.#apply('gave_up', { close })
      return
    }
    this.#setTimer(retryDelayMs, () => this.connect())
    this.#apply('lost', { close, retryDelayMs })
  }

  /** Lets go of the connection of the moment: what it says from here on is not heard. */
  #release(): Connection | undefined {
    const connection = this.#attempt?.connection
    this.#attempt = undefined
    this.#stopTimer()
    return connection
  }

  #setTimer(delayMs: number, action: () => void): void {
    this.#timer = this.#settings.clock.setTimeout(action, delayMs)
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) this.#settings.clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #apply(event: ClientEvent, reason: Pick<StateChange, 'close' | 'retryDelayMs'> = {}): void {
    const previous = this.#state
    this.#state = transition(previous, event)
    if (this.#state === 'open') this.#owner.opened()
    this.#owner.changed({ state: this.#state, previous, ...reason })
  }
}

/** One attempt to connect and, if it succeeds, the connection it made. */
interface Attempt {
  connection?: Connection
  isConnected?: true
}
