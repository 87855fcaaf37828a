import { type CommandError, MOVED_ON, NORMAL_CLOSE } from '@wsrv/protocol'
import type { CallOptions, ClientOptions, ClientUrl } from './client-options.ts'
import type { ClientState, StateChange, StateListener } from './client-state.ts'
import type { CommandInfo } from './command-info.ts'
import type { ContractMismatch } from './contract-mismatch.ts'
import { Engine } from './engine.ts'
import { type PushesOptions, type PushIterator, PushQueue } from './push-iterator.ts'
import type { GapOf, SessionChange } from './session-change.ts'
import { resolveSettings, type Settings } from './settings.ts'
import type { PushListener } from './subscriptions.ts'
import { whenOpen } from './when-open.ts'

/**
 * A client of one wsrv server: calls, pushes, and a connection that comes back. A generated client is one of these
 * with a method per command.
 *
 * Nothing pending ever hangs: each call ends in a value, a {@link CommandError} or its signal's reason.
 */
export class WsrvClient<
  Pushes extends object = Readonly<Record<string, unknown>>,
  Snapshots extends object = Readonly<Record<never, never>>,
> {
  readonly #settings: Settings
  readonly #engine: Engine
  readonly #iterations = new Set<{ end(error: unknown): void }>()
  /** Why the client is closed, when it did not close itself. */
  #refusal: CommandError | undefined

  /** Connects at once, unless `lazy`. */
  constructor(url: ClientUrl, options: ClientOptions = {}) {
    this.#settings = resolveSettings(options)
    this.#engine = new Engine(url, this.#settings, (error) => {
      this.#refusal = error
      for (const iteration of [...this.#iterations]) iteration.end(error)
    })
    if (!this.#settings.lazy) this.#engine.link.connect()
  }

  /** Where the client stands. */
  get state(): ClientState {
    return this.#engine.link.state
  }

  /** The newest round trip of `$hello` or `$ping`, in ms; `undefined` before the first, and without extensions. */
  get roundTripMs(): number | undefined {
    return this.#engine.extensions.roundTripMs
  }

  /**
   * Calls a command; generated methods go through here.
   *
   * Without a connection the call waits in the outbox; its deadline runs from now on. `data` is read when it is sent.
   *
   * @returns the response's `data`. Rejects with a {@link CommandError}, or the reason of `options.signal`.
   */
  call<Response>(info: CommandInfo, data: unknown, options: CallOptions = {}): Promise<Response> {
    this.#engine.connectIfIdle()
    this.#engine.link.hurry(HURRY_MS)
    return this.#engine.calls.start(info, data, options) as Promise<Response>
  }

  /**
   * Subscribes to a push, across reconnects.
   *
   * @returns a function that unsubscribes.
   */
  on<Name extends keyof Pushes & string>(name: Name, listener: PushListener<Pushes[Name]>): () => void {
    this.#engine.connectIfIdle()
    return this.#engine.pushes.add(name, listener as PushListener<unknown>)
  }

  /**
   * Iterates over a push from now on, across reconnects; ends with `close()`, its signal, or `break`, and throws a
   * {@link CommandError} when the client is closed for good by anything else.
   */
  pushes<Name extends keyof Pushes & string>(name: Name, options: PushesOptions = {}): PushIterator<Pushes[Name]> {
    this.#engine.connectIfIdle()
    const queue = new PushQueue<Pushes[Name]>(options, () => {
      off()
      this.#iterations.delete(queue)
    })
    const off = this.#engine.pushes.add(name, (data) => queue.push(data as Pushes[Name]))
    this.#iterations.add(queue)
    if (options.signal?.aborted) queue.end()
    if (this.state === 'closed') queue.end(this.#refusal)
    return queue
  }

  /**
   * Calls `listener` on every change of {@link state}, each in its own microtask, in order: a listener added right after
   * creation is called with `connecting`.
   *
   * @returns a function that unsubscribes.
   */
  onState(listener: StateListener): () => void {
    return this.#engine.events.add('state', (change) => listener((change as StateChange).state, change as StateChange))
  }

  /**
   * Calls `listener` when the client has come back after a lost connection: with the same session, or with another.
   *
   * @returns a function that unsubscribes.
   */
  onSession(listener: (change: SessionChange) => unknown): () => void {
    return this.#engine.events.add('session', listener as PushListener<unknown>)
  }

  /**
   * Calls `listener` in the place of pushes that did not come: how many are missing, or that it is not known. Pushes that come
   * after it were made after those.
   *
   * @returns a function that unsubscribes.
   */
  onGap<Name extends keyof Pushes & string>(
    name: Name,
    listener: (gap: GapOf<Snapshots, Name>) => unknown,
  ): () => void {
    return this.#engine.gaps.add(name, listener as PushListener<unknown>)
  }

  /**
   * Calls `listener` at each connect to a server that speaks another contract; `changes` tells "reload now" from "later".
   *
   * @returns a function that unsubscribes.
   */
  onContractMismatch(listener: (mismatch: ContractMismatch) => unknown): () => void {
    return this.#engine.events.add('mismatch', listener as PushListener<unknown>)
  }

  /**
   * Connects now: for a `lazy` client, to end a delay, or to begin again after `closed`.
   *
   * @param options bound the wait, not the client, which goes on connecting. Default: no bound.
   * @returns a promise that resolves when open; it may be ignored. Rejects with a {@link CommandError} `disconnected` when
   * closed first, `timeout` when `timeoutMs` has passed, or the reason of the signal.
   */
  connect(options?: CallOptions): Promise<void> {
    this.#engine.link.connect()
    return this.#whenOpen(options)
  }

  /** Drops the current connection and connects again, with fresh url and credentials; see {@link connect}. */
  reconnect(): Promise<void> {
    this.#engine.link.reconnect(this.#engine.recovery.isHeld ? MOVED_ON : NORMAL_CLOSE)
    return this.#whenOpen()
  }

  /**
   * Presents fresh credentials on the current connection, without dropping it; without a connection, the next one presents
   * them anyway. Happens by itself when the server asks, or a call was `unauthenticated`.
   *
   * Does nothing without the option `auth`.
   *
   * @returns rejects with a {@link CommandError} when they are refused, or with what `auth` threw.
   */
  refreshAuth(): Promise<void> {
    return this.#engine.refreshAuth()
  }

  /**
   * Ends a delay, or checks an open connection, because the application is active again. Browsers' pages do that by
   * themselves; in React Native call it when `AppState` becomes `active`.
   */
  wake(): void {
    this.#engine.wake()
  }

  /** Ends the connection and every iteration; all that is pending rejects with `disconnected`. Idempotent. */
  close(): void {
    this.#engine.link.close()
  }

  #whenOpen(options?: CallOptions): Promise<void> {
    const { link, events } = this.#engine
    return whenOpen(
      { state: () => this.state, events, clock: this.#settings.clock, obstacle: () => link.obstacle },
      options,
    )
  }
}

/** A call shortens a delay to this much time since the last attempt, in ms. */
const HURRY_MS = 1_000
