import { EXTENSION, HEARTBEAT, NO_CLOSE_FRAME, type Payload, parseResponse, type Response } from '@wsrv/protocol'
import type { Call } from './call.ts'
import { Calls } from './calls.ts'
import type { CallOptions, ClientOptions, ClientUrl } from './client-options.ts'
import type { ClientState, StateChange, StateListener } from './client-state.ts'
import type { CommandInfo } from './command-info.ts'
import type { ContractMismatch } from './contract-mismatch.ts'
import { Extensions } from './extensions.ts'
import { Heartbeat } from './heartbeat.ts'
import { type FreshConnection, Link } from './link.ts'
import { openConnection } from './opening.ts'
import { type PushesOptions, type PushIterator, PushQueue } from './push-iterator.ts'
import { Reports } from './reports.ts'
import { resolveSettings, type Settings } from './settings.ts'
import { type PushListener, Subscriptions } from './subscriptions.ts'
import type { ConnectionClose } from './transport.ts'
import { onWake } from './wake.ts'
import { whenOpen } from './when-open.ts'
import { writeRequest } from './write-request.ts'

/**
 * A client of one wsrv server: calls, pushes, and a connection that comes back. A generated client is one of these
 * with a method per command.
 *
 * Nothing pending ever hangs: each call ends in a value, a {@link CommandError} or its signal's reason.
 */
export class WsrvClient<Pushes extends object = Readonly<Record<string, unknown>>> {
  readonly #settings: Settings
  readonly #link: Link
  readonly #calls: Calls
  readonly #heartbeat: Heartbeat
  readonly #extensions: Extensions
  readonly #reports: Reports
  readonly #pushes: Subscriptions
  readonly #events: Subscriptions
  readonly #iterations = new Set<{ end(): void }>()
  #stopWaking: (() => void) | undefined
  /** Whether the current connection's `$hello` was answered. */
  #isGreeted = false
  /** Drops the current connection. */
  #fail: FreshConnection['fail'] = () => {}

  /** Connects at once, unless `lazy`. */
  constructor(url: ClientUrl, options: ClientOptions = {}) {
    const settings = resolveSettings(options)
    this.#settings = settings
    this.#reports = new Reports(settings.onProblem)
    this.#pushes = new Subscriptions(this.#reports.of('subscriber_threw'))
    this.#events = new Subscriptions(this.#reports.of('subscriber_threw'))
    this.#calls = new Calls(
      {
        mayLeave: (call, inFlight) => this.#mayLeave(call, inFlight),
        send: (call) => this.#sendCall(call),
        isComing: () => this.state !== 'closed',
        obstacle: () => (this.state === 'open' ? BUSY : this.#link.obstacle),
        cancel: (call) => this.#extensions.cancel(call),
        stuck: () => this.#fail(STUCK),
        refreshAuth: (call) => this.#extensions.refreshAuth(call),
      },
      settings,
    )
    this.#heartbeat = new Heartbeat(
      {
        sendHeartbeat: () => this.#send(HEARTBEAT),
        sendPing: () => this.#extensions.ping(),
        isAwaiting: () => this.#calls.areAwaited,
      },
      settings,
    )
    this.#extensions = new Extensions(
      {
        calls: this.#calls,
        heartbeat: this.#heartbeat,
        events: this.#events,
        authFailed: this.#reports.ofAttempt('auth_failed'),
      },
      settings,
    )
    this.#link = new Link(
      url,
      {
        urlFailed: this.#reports.ofAttempt('url_failed'),
        connected: (connection) => this.#open(connection),
        received: (payload) => this.#received(payload),
        changed: (change) => this.#changed(change),
        isNeeded: () => this.#calls.areNeeded,
      },
      settings,
    )
    if (!settings.lazy) this.#link.connect()
  }

  /** Where the client stands. */
  get state(): ClientState {
    return this.#link.state
  }

  /** The newest round trip of `$hello` or `$ping`, in ms; `undefined` before the first, and without extensions. */
  get roundTripMs(): number | undefined {
    return this.#extensions.roundTripMs
  }

  /**
   * Calls a command; generated methods go through here.
   *
   * Without a connection the call waits in the outbox; its deadline runs from now on. `data` is read when it is sent.
   *
   * @returns the response's `data`. Rejects with a {@link CommandError}, or the reason of `options.signal`.
   */
  call<Response>(info: CommandInfo, data: unknown, options: CallOptions = {}): Promise<Response> {
    this.#connectIfIdle()
    this.#link.hurry(HURRY_MS)
    return this.#calls.start(info, data, options) as Promise<Response>
  }

  /**
   * Subscribes to a push, across reconnects.
   *
   * @returns a function that unsubscribes.
   */
  on<Name extends keyof Pushes & string>(name: Name, listener: PushListener<Pushes[Name]>): () => void {
    this.#connectIfIdle()
    return this.#pushes.add(name, listener as PushListener<unknown>)
  }

  /** Iterates over a push from now on, across reconnects; ends with `close()`, its signal, or `break`. */
  pushes<Name extends keyof Pushes & string>(name: Name, options: PushesOptions = {}): PushIterator<Pushes[Name]> {
    this.#connectIfIdle()
    const queue = new PushQueue<Pushes[Name]>(options, () => {
      off()
      this.#iterations.delete(queue)
    })
    const off = this.#pushes.add(name, (data) => queue.push(data as Pushes[Name]))
    this.#iterations.add(queue)
    if (options.signal?.aborted || this.state === 'closed') queue.end()
    return queue
  }

  /**
   * Calls `listener` on every change of {@link state}, each in its own microtask, in order: a listener added right after
   * creation is called with `connecting`.
   *
   * @returns a function that unsubscribes.
   */
  onState(listener: StateListener): () => void {
    return this.#events.add('state', (change) => listener((change as StateChange).state, change as StateChange))
  }

  /**
   * Calls `listener` at each connect to a server that speaks another contract.
   *
   * @returns a function that unsubscribes.
   */
  onContractMismatch(listener: (mismatch: ContractMismatch) => unknown): () => void {
    return this.#events.add('mismatch', listener as PushListener<unknown>)
  }

  /**
   * Connects now: for a `lazy` client, to end a delay, or to begin again after `closed`.
   *
   * @param options bound the wait, not the client, which goes on connecting. Default: no bound.
   * @returns a promise that resolves when open; it may be ignored. Rejects with a {@link CommandError} `disconnected` when
   * closed first, `timeout` when `timeoutMs` has passed, or the reason of the signal.
   */
  connect(options?: CallOptions): Promise<void> {
    this.#link.connect()
    return this.#whenOpen(options)
  }

  /** Drops the current connection and connects again, with fresh url and credentials; see {@link connect}. */
  reconnect(): Promise<void> {
    this.#link.reconnect()
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
  async refreshAuth(): Promise<void> {
    if (this.state === 'open') await this.#extensions.refreshAuth()
  }

  /**
   * Ends a delay, or checks an open connection, because the application is active again. Browsers' pages do that by
   * themselves; in React Native call it when `AppState` becomes `active`.
   */
  wake(): void {
    if (this.state === 'waiting') this.#link.hurry(0)
    else if (this.state === 'open') this.#heartbeat.probe()
  }

  /** Ends the connection and every iteration; all that is pending rejects with `disconnected`. Idempotent. */
  close(): void {
    this.#link.close()
  }

  #whenOpen(options?: CallOptions): Promise<void> {
    const { clock } = this.#settings
    const obstacle = () => this.#link.obstacle
    return whenOpen({ state: () => this.state, events: this.#events, clock, obstacle }, options)
  }

  #open(connection: FreshConnection): void {
    this.#fail = connection.fail
    void openConnection(connection, {
      calls: this.#calls,
      settings: this.#settings,
      hello: () => this.#extensions.hello(connection),
      greeted: () => {
        this.#isGreeted = true
        this.#heartbeat.start(() => connection.fail(HALF_OPEN), this.#extensions.serverTimeoutMs)
      },
      setupFailed: this.#reports.ofAttempt('setup_failed'),
    })
  }

  /** Connects a lazy client on first use. */
  #connectIfIdle(): void {
    if (this.state === 'idle') this.#link.connect()
  }

  #changed(change: StateChange): void {
    const { state, close } = change
    if (state !== 'open') this.#isGreeted = false
    if (close) this.#calls.dropped(close)
    if (state === 'connecting') this.#stopWaking ??= onWake(() => this.wake())
    else if (state === 'open') this.#calls.flush()
    else {
      this.#heartbeat.stop()
      this.#extensions.forget()
    }
    this.#reports.changed(change)
    if (state === 'closed') this.#closed(close)
    queueMicrotask(() => this.#events.deliver('state', change))
  }

  #closed(close: ConnectionClose | undefined): void {
    this.#stopWaking?.()
    this.#stopWaking = undefined
    this.#calls.closed(close)
    for (const iteration of [...this.#iterations]) iteration.end()
  }

  #received(payload: Payload): void {
    this.#heartbeat.received()
    if (payload.length === 0) return
    try {
      this.#dispatch(parseResponse(this.#settings.codec.decode(payload)))
    } catch (error) {
      this.#reports.of('unreadable_message')(error)
    }
    // Calls that waited for a sign of life.
    this.#calls.flush()
  }

  #dispatch(message: Response): void {
    const { cmd, seqno, data } = message
    if (this.#calls.answer(message)) return
    if (cmd === EXTENSION.reauth) {
      this.refreshAuth().catch(this.#reports.of('auth_failed'))
      return
    }
    // A late reply must not pass for a push of the same name.
    if (!this.#calls.isOwn(seqno) && this.#pushes.deliver(cmd, data)) return
    this.#reports.of('unexpected_message')(new Error(`no pending call or subscriber for ${cmd} (seqno ${seqno})`))
  }

  #mayLeave(call: Call, inFlight: number): boolean {
    if (call.cmd === EXTENSION.hello) return true
    const isOpen = call.isBound ? this.#isGreeted : this.state === 'open' && !this.#heartbeat.isDoubtful()
    return isOpen && this.#extensions.mayLeave(call, inFlight)
  }

  #sendCall(call: Call): boolean {
    const payload = writeRequest(call, this.#settings)
    call.bytes = payload.length
    this.#extensions.checkSize(call, payload)
    return this.#send(payload)
  }

  #send(payload: Payload): boolean {
    const wasSent = this.#link.send(payload)
    if (wasSent) this.#heartbeat.sent()
    return wasSent
  }
}

/** A call shortens a delay to this much time since the last attempt, in ms. */
const HURRY_MS = 1_000
const BUSY = { msg: 'as many calls are in flight as the server takes at once' }
const STUCK: ConnectionClose = { code: NO_CLOSE_FRAME, reason: 'a call that was given up was not answered' }
const HALF_OPEN: ConnectionClose = { code: NO_CLOSE_FRAME, reason: 'half open' }
