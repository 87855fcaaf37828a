import { BadEnvelope, CommandError, HEARTBEAT, type Payload, type Request } from '@wsrv/protocol'
import type { Call } from './call.ts'
import { Calls } from './calls.ts'
import type { CallOptions, ClientOptions, ClientUrl } from './client-options.ts'
import type { ClientState } from './client-state.ts'
import type { CommandInfo } from './command-info.ts'
import { createDeferred, type Deferred } from './deferred.ts'
import { createFrameWriter } from './frame-writer.ts'
import { Heartbeat } from './heartbeat.ts'
import { Link } from './link.ts'
import { notify } from './notify.ts'
import type { ProblemKind } from './problem.ts'
import { type PushesOptions, type PushIterator, PushQueue } from './push-iterator.ts'
import { type PushListener, PushSubscriptions } from './push-subscriptions.ts'
import { readMessage } from './read-message.ts'
import { resolveSettings, type Settings } from './settings.ts'
import type { StateChange, StateListener } from './state-change.ts'

/**
 * A client of one wsrv server: calls, pushes, and a connection that comes back. A generated client is one of these
 * with a method a command.
 *
 * Nothing pending ever hangs: each call ends in a value, a {@link CommandError} or its signal's reason.
 */
export class WsrvClient<Pushes extends object = Readonly<Record<string, unknown>>> {
  readonly #settings: Settings
  readonly #link: Link
  readonly #calls: Calls
  readonly #heartbeat: Heartbeat
  readonly #write: (request: Request) => Payload
  readonly #subscriberThrew = (error: unknown) => this.#report('subscriber_threw', error)
  readonly #subscriptions = new PushSubscriptions(this.#subscriberThrew)
  readonly #iterations = new Set<{ end(): void }>()
  readonly #stateListeners = new Set<{ readonly listen: StateListener }>()
  #opening: Deferred<void> | undefined

  /** Connects at once, unless `lazy`. */
  constructor(url: ClientUrl, options: ClientOptions = {}) {
    const settings = resolveSettings(options)
    this.#settings = settings
    this.#write = createFrameWriter(settings.codec, settings.messageType)
    this.#calls = new Calls({ send: (call) => this.#sendCall(call), isComing: () => this.state !== 'closed' }, settings)
    this.#heartbeat = new Heartbeat(
      { sendHeartbeat: () => this.#send(HEARTBEAT) },
      { clock: settings.clock, intervalMs: settings.heartbeatIntervalMs },
    )
    this.#link = new Link(
      url,
      {
        urlFailed: (error) => this.#report('url_failed', error),
        opened: () => this.#opened(),
        received: (payload) => this.#received(payload),
        lost: (close) => this.#calls.dropped(close),
        changed: (change) => this.#changed(change),
      },
      settings,
    )
    if (!settings.lazy) this.#link.connect()
  }

  /** Where the client stands. */
  get state(): ClientState {
    return this.#link.state
  }

  /**
   * Calls a command; generated methods go through here.
   *
   * Without a connection the call waits in the outbox; its deadline runs from now on. `data` is read when it is sent.
   *
   * @returns the response's `data`. Rejects with a {@link CommandError}, or the reason of `options.signal`.
   */
  call<Response>(info: CommandInfo, data: unknown, options: CallOptions = {}): Promise<Response> {
    this.#wake()
    return this.#calls.start(info, data, options) as Promise<Response>
  }

  /** Subscribes to a push, across reconnects. Returns what unsubscribes. */
  on<Name extends keyof Pushes & string>(name: Name, listener: PushListener<Pushes[Name]>): () => void {
    this.#wake()
    return this.#subscriptions.add(name, listener as PushListener<unknown>)
  }

  /** Iterates over a push from now on, across reconnects; ends with `close()`, its signal, or `break`. */
  pushes<Name extends keyof Pushes & string>(name: Name, options: PushesOptions = {}): PushIterator<Pushes[Name]> {
    this.#wake()
    const off = this.#subscriptions.add(name, (data) => queue.push(data as Pushes[Name]))
    const queue: PushQueue<Pushes[Name]> = new PushQueue(options, () => {
      off()
      this.#iterations.delete(queue)
    })
    this.#iterations.add(queue)
    if (options.signal?.aborted) void queue.return()
    if (this.state === 'closed') queue.end()
    return queue
  }

  /** Hears every change of {@link state}, each in its own microtask, in order. Returns what unsubscribes. */
  onState(listener: StateListener): () => void {
    const subscription = { listen: listener }
    this.#stateListeners.add(subscription)
    return () => this.#stateListeners.delete(subscription)
  }

  /**
   * Connects now: for a `lazy` client, to end a delay, or to begin again after `closed`.
   *
   * @returns a promise that resolves when open and rejects with a {@link CommandError} `disconnected` when closed
   * first; it may be ignored.
   */
  connect(): Promise<void> {
    this.#link.connect()
    return this.#whenOpen()
  }

  /** Drops the connection of the moment and connects anew, with a fresh url; see {@link connect}. */
  reconnect(): Promise<void> {
    this.#link.reconnect()
    return this.#whenOpen()
  }

  /** Ends the connection and every iteration; all that is pending rejects with `disconnected`. Idempotent. */
  close(): void {
    this.#link.close()
  }

  #whenOpen(): Promise<void> {
    if (this.state === 'open') return Promise.resolve()
    this.#opening ??= createDeferred()
    // An ignored promise must not end a Node process: state listeners and calls hear of the failure as well.
    this.#opening.promise.catch(() => {})
    return this.#opening.promise
  }

  /** A lazy client is needed. */
  #wake(): void {
    if (this.state === 'idle') this.#link.connect()
  }

  #opened(): void {
    this.#heartbeat.start()
    this.#calls.flush()
    this.#opening?.resolve()
    this.#opening = undefined
  }

  #changed(change: StateChange): void {
    if (change.state !== 'open') this.#heartbeat.stop()
    if (change.state === 'closed') this.#closed(change)
    for (const { listen } of this.#stateListeners) {
      queueMicrotask(() => notify(() => listen(change.state, change), this.#subscriberThrew))
    }
  }

  #closed({ close }: StateChange): void {
    this.#calls.closed(close)
    for (const iteration of [...this.#iterations]) iteration.end()
    const msg = 'the client was closed before it was open'
    const failure = { cmd: '', seqno: '', status: undefined, code: 'disconnected', msg, data: undefined }
    this.#opening?.reject(new CommandError(failure, { cause: close }))
    this.#opening = undefined
  }

  #received(payload: Payload): void {
    if (payload.length === 0) return
    const message = readMessage(this.#settings.codec, payload)
    if (message instanceof BadEnvelope) {
      this.#report('unreadable_message', new Error(message.problem))
      return
    }
    const { cmd, seqno, data } = message
    if (this.#calls.answer(message)) return
    const isLate = this.#calls.isOwn(seqno)
    if (!isLate && this.#subscriptions.deliver(cmd, data)) return
    this.#report(isLate ? 'late_reply' : 'unexpected_message', new Error(`nobody waits for ${cmd}, seqno ${seqno}`))
  }

  #sendCall({ cmd, seqno, data }: Call): boolean {
    return this.state === 'open' && this.#send(this.#write({ cmd, seqno, data: data ?? {} }))
  }

  #send(payload: Payload): boolean {
    const wasSent = this.#link.send(payload)
    if (wasSent) this.#heartbeat.sent()
    return wasSent
  }

  #report(kind: ProblemKind, error: unknown): void {
    this.#settings.onProblem({ kind, error })
  }
}
