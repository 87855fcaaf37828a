import { NO_CLOSE_FRAME, NORMAL_CLOSE, type Payload, type Timer } from '@wsrv/protocol'
import { type Backoff, createBackoff } from './backoff.ts'
import type { ClientUrl } from './client-options.ts'
import { type ClientEvent, type ClientState, type StateChange, transition } from './client-state.ts'
import { askedDelayMs } from './close-verdict.ts'
import { because, type FailureReason, textOf } from './failure.ts'
import type { Settings } from './settings.ts'
import type { Connection, ConnectionClose } from './transport.ts'

/** A connection that has just been made and carries messages: the client is not yet `open`. */
export interface FreshConnection {
  /** Whether it is still the current connection. */
  isCurrent(): boolean
  /** Begins a step of the attempt, which may take `connectTimeoutMs` of its own. */
  begin(step: string): void
  /** Calls may leave: the client is `open`. */
  ready(): void
  /** Drops it as if it had ended by itself; harmless when it has ended already. */
  fail(close: ConnectionClose): void
}

/** What a {@link Link} calls back. */
export interface LinkCallbacks {
  /** The url function threw or rejected. */
  urlFailed(error: unknown): void
  /** A connection was made: what must precede every call is sent now, then `ready` called. */
  connected(connection: FreshConnection): void
  received(payload: Payload): void
  changed(change: StateChange): void
  /** Whether calls wait for a connection. */
  isNeeded(): boolean
}

/**
 * A connection that comes back: owns the state, the one current connection and the timers around it.
 *
 * Knows nothing of calls or messages.
 */
export class Link {
  readonly #url: ClientUrl
  readonly #callbacks: LinkCallbacks
  readonly #settings: Settings
  readonly #backoff: Backoff
  #state: ClientState = 'idle'
  #attempt: Attempt | undefined
  /** The end of an attempt's time while `connecting`, of a delay while `waiting`. */
  #timer: Timer | undefined
  #openedAt = 0
  #attemptedAt = 0
  /** The end of the delay that a server asked for, and of the current delay; by the clock, in ms. */
  #notBefore = 0
  #dueAt = 0
  #step = ''
  #lastClose: ConnectionClose | undefined

  constructor(url: ClientUrl, callbacks: LinkCallbacks, settings: Settings) {
    this.#url = url
    this.#callbacks = callbacks
    this.#settings = settings
    this.#backoff = createBackoff(settings.reconnect, settings.random)
  }

  get state(): ClientState {
    return this.#state
  }

  /** Why there is no open connection, in words and with the error behind it. */
  get obstacle(): FailureReason {
    const close = this.#lastClose
    const what = this.#state === 'connecting' ? `${this.#step} has not finished` : 'no connection'
    return { msg: what + because(close), cause: close?.cause }
  }

  /** Makes sure that an attempt is under way; ends a delay. */
  connect(): void {
    if (transition(this.#state, 'connect') === this.#state) return
    const attempt: Attempt = {}
    this.#release()
    this.#attempt = attempt
    this.#attemptedAt = this.#settings.clock.now()
    this.#begin(attempt, 'connecting')
    this.#apply('connect')
    void this.#dial(attempt)
  }

  /**
   * Shortens a delay, but for what the server asked for.
   *
   * @param gapMs least time since the last attempt began.
   */
  hurry(gapMs: number): void {
    if (this.#state !== 'waiting') return
    const now = this.#settings.clock.now()
    const dueAt = Math.max(this.#notBefore, this.#attemptedAt + gapMs)
    if (dueAt <= now) this.connect()
    else if (dueAt < this.#dueAt) this.#wait(dueAt - now)
  }

  /** Drops the current connection, if there is one, and connects at once. */
  reconnect(code: number): void {
    if (this.#attempt) {
      this.#release()?.close(code, '')
      this.#apply('lost', { close: { code, reason: 'reconnect' }, retryDelayMs: 0 })
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
    return this.#attempt?.connection?.send(payload) ?? false
  }

  /** See {@link Connection.progress}; 0 without it. */
  get progress(): number {
    return this.#attempt?.connection?.progress?.() ?? 0
  }

  async #dial(attempt: Attempt): Promise<void> {
    try {
      const url = typeof this.#url === 'function' ? await this.#url() : this.#url
      if (this.#attempt !== attempt) return
      attempt.connection = this.#settings.transport.connect(String(url), {
        opened: () => this.#connected(attempt),
        received: (payload) => {
          if (this.#attempt === attempt) this.#callbacks.received(payload)
        },
        closed: (close) => this.#end(attempt, close),
      })
    } catch (cause) {
      this.#callbacks.urlFailed(cause)
      this.#end(attempt, { code: NO_CLOSE_FRAME, reason: textOf(cause), cause })
    }
  }

  #connected(attempt: Attempt): void {
    const isCurrent = () => this.#attempt === attempt
    if (!isCurrent()) return
    this.#callbacks.connected({
      isCurrent,
      begin: (step) => isCurrent() && this.#begin(attempt, step),
      ready: () => {
        if (!isCurrent()) return
        const { clock } = this.#settings
        clock.clearTimeout(this.#timer)
        this.#openedAt = clock.now()
        this.#lastClose = undefined
        this.#apply('opened')
      },
      fail: (close) => this.#end(attempt, close),
    })
  }

  #begin(attempt: Attempt, step: string): void {
    const { connectTimeoutMs, clock } = this.#settings
    this.#step = step
    clock.clearTimeout(this.#timer)
    this.#setTimer(connectTimeoutMs, () =>
      this.#end(attempt, { code: NO_CLOSE_FRAME, reason: `${step} took longer than ${connectTimeoutMs} ms` }),
    )
  }

  /** The current connection, or the attempt at one, ended by itself. */
  #end(attempt: Attempt, close: ConnectionClose): void {
    if (this.#attempt !== attempt) return
    const { clock, random } = this.#settings
    const openMs = this.#state === 'open' ? clock.now() - this.#openedAt : 0
    this.#release()?.terminate()
    this.#lastClose = close
    const delayMs = this.#isFinal(close) ? undefined : this.#backoff(openMs)
    if (delayMs === undefined) {
      this.#apply('close', { close })
      return
    }
    const askedMs = askedDelayMs(close)
    const mostMs = this.#callbacks.isNeeded() ? NEEDED_WITHIN_MS * (1 + random()) : Infinity
    const retryDelayMs = askedMs + Math.min(delayMs, mostMs)
    this.#notBefore = clock.now() + askedMs
    this.#wait(retryDelayMs)
    this.#apply('lost', { close, retryDelayMs })
  }

  /** Lets go of the current connection: its later events are ignored. */
  #release(): Connection | undefined {
    const connection = this.#attempt?.connection
    this.#attempt = undefined
    this.#settings.clock.clearTimeout(this.#timer)
    return connection
  }

  #isFinal(close: ConnectionClose): boolean {
    try {
      return this.#settings.reconnect.isFinal(close)
    } catch {
      // The application's own rule failed: a client that stays away for good would be worse.
      return false
    }
  }

  #wait(delayMs: number): void {
    const { clock } = this.#settings
    this.#dueAt = clock.now() + delayMs
    clock.clearTimeout(this.#timer)
    this.#setTimer(delayMs, () => this.connect())
  }

  #setTimer(delayMs: number, action: () => void): void {
    this.#timer = this.#settings.clock.setTimeout(action, delayMs)
  }

  #apply(event: ClientEvent, reason: Pick<StateChange, 'close' | 'retryDelayMs'> = {}): void {
    const previous = this.#state
    this.#state = transition(previous, event)
    this.#callbacks.changed({ state: this.#state, previous, ...reason })
  }
}

/** While calls wait, a delay ends within this time and as much again at random, in ms. */
const NEEDED_WITHIN_MS = 1_000

/** One attempt to connect and, if it succeeds, the connection it made. */
interface Attempt {
  connection?: Connection
}
