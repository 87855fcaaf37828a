import {
  type CommandError,
  EXTENSION,
  HEARTBEAT,
  isReservedCmd,
  MOVED_ON,
  NO_CLOSE_FRAME,
  NORMAL_CLOSE,
  type Payload,
  parseResponse,
  type Response,
} from '@wsrv/protocol'
import type { Call } from './call.ts'
import { Calls } from './calls.ts'
import type { ClientUrl } from './client-options.ts'
import type { ClientState, StateChange } from './client-state.ts'
import { Extensions } from './extensions.ts'
import { CLIENT, disconnected } from './failure.ts'
import { Heartbeat } from './heartbeat.ts'
import { type FreshConnection, Link } from './link.ts'
import { openConnection } from './opening.ts'
import { Recovery } from './recovery.ts'
import { Reports } from './reports.ts'
import type { Settings } from './settings.ts'
import { Subscriptions } from './subscriptions.ts'
import type { ConnectionClose } from './transport.ts'
import { onWake } from './wake.ts'
import { writeRequest } from './write-request.ts'

/** The parts of a client, joined: each message and each change of the connection goes to those that it concerns. */
export class Engine {
  readonly link: Link
  readonly calls: Calls
  readonly recovery: Recovery
  readonly extensions: Extensions
  readonly pushes: Subscriptions
  /** Listeners to gaps, by the name of the push. */
  readonly gaps: Subscriptions
  /** Listeners to the client itself: `state`, `session`, `mismatch`. */
  readonly events: Subscriptions
  readonly #settings: Settings
  readonly #closed: (error: CommandError | undefined) => void
  readonly #heartbeat: Heartbeat
  readonly #reports: Reports
  #stopWaking: (() => void) | undefined
  /** Whether the current connection's `$hello` was answered. */
  #isGreeted = false
  /** Whether the server has asked to leave the current connection. PROTOCOL.md §$goaway. */
  #isLeaving = false
  /** Drops the current connection. */
  #fail: FreshConnection['fail'] = () => {}

  /** @param closed called when the client is closed, after its calls have failed; with the error where it did not close itself. */
  constructor(url: ClientUrl, settings: Settings, closed: (error: CommandError | undefined) => void) {
    this.#settings = settings
    this.#closed = closed
    this.#reports = new Reports(settings.onProblem)
    this.pushes = new Subscriptions(this.#reports.of('subscriber_threw'))
    this.gaps = new Subscriptions(this.#reports.of('subscriber_threw'))
    this.events = new Subscriptions(this.#reports.of('subscriber_threw'))
    this.calls = this.#makeCalls()
    this.#heartbeat = new Heartbeat(
      {
        sendHeartbeat: () => this.recovery.acknowledge() || this.#send(HEARTBEAT),
        sendPing: () => {
          // A ping is sent in a heartbeat's stead.
          this.recovery.acknowledge()
          return this.extensions.ping()
        },
        isAwaiting: () => this.calls.areAwaited,
        silences: () => this.calls.lanes.silences,
        progress: () => this.link.progress,
      },
      settings,
    )
    this.recovery = this.#makeRecovery()
    this.extensions = new Extensions(
      {
        calls: this.calls,
        heartbeat: this.#heartbeat,
        events: this.events,
        session: () => this.recovery.request(),
        authFailed: this.#reports.ofAttempt('auth_failed'),
      },
      settings,
    )
    this.link = new Link(
      url,
      {
        urlFailed: this.#reports.ofAttempt('url_failed'),
        connected: (connection) => this.#open(connection),
        received: (payload) => this.#received(payload),
        changed: (change) => this.#changed(change),
        isNeeded: () => this.calls.lanes.areNeeded,
      },
      settings,
    )
  }

  get state(): ClientState {
    return this.link.state
  }

  /** Connects a lazy client on first use. */
  connectIfIdle(): void {
    if (this.state === 'idle') this.link.connect()
  }

  /** See `WsrvClient.refreshAuth`. */
  async refreshAuth(): Promise<void> {
    if (this.state === 'open') await this.extensions.refreshAuth()
  }

  /** See `WsrvClient.wake`. */
  wake(): void {
    if (this.state === 'waiting') this.link.hurry(0)
    else if (this.state === 'open') this.#heartbeat.probe()
  }

  #makeCalls(): Calls {
    return new Calls(
      {
        mayLeave: (call, inFlight) => this.#mayLeave(call, inFlight),
        send: (call) => this.#sendCall(call),
        credit: ({ seqno, info }) => {
          const data = { seqno, items: info.stream?.credit }
          this.#send(this.#settings.codec.encode({ cmd: EXTENSION.credit, seqno: undefined, data }))
        },
        isComing: () => this.state !== 'closed',
        obstacle: () => (this.state === 'open' ? BUSY : this.link.obstacle),
        cancel: (call) => this.recovery.gaveUp(call) || this.extensions.cancel(call),
        identity: () => this.recovery.identity,
        stuck: () => this.#fail(STUCK),
        refreshAuth: (call) => this.extensions.refreshAuth(call),
      },
      this.#settings,
    )
  }

  #makeRecovery(): Recovery {
    return new Recovery(
      {
        calls: this.calls,
        gaps: this.gaps,
        events: this.events,
        send: (payload) => this.#send(payload),
        cancel: (seqno) => this.extensions.cancel({ ...CLIENT, seqno }),
        deliver: (message) => this.#dispatch(message, 0),
        restart: () => this.link.reconnect(NORMAL_CLOSE),
      },
      this.#settings,
    )
  }

  #open(connection: FreshConnection): void {
    this.#fail = connection.fail
    this.recovery.connected()
    void openConnection(connection, {
      calls: this.calls,
      settings: this.#settings,
      hello: () => this.extensions.hello(connection),
      greeted: () => {
        this.#isGreeted = true
        this.recovery.greeted()
        this.#heartbeat.start(() => {
          this.calls.lanes.silent()
          connection.fail(HALF_OPEN)
        }, this.extensions.serverTimeoutMs)
      },
      isSetUp: () => this.recovery.isReady,
      done: () => this.recovery.ready(),
      setupFailed: this.#reports.ofAttempt('setup_failed'),
    })
  }

  #changed(change: StateChange): void {
    const { state, close } = change
    if (state !== 'open') this.#isGreeted = this.#isLeaving = false
    if (close) this.recovery.disconnected(close, state === 'closed')
    if (state === 'connecting') this.#stopWaking ??= onWake(() => this.wake())
    else if (state === 'open') this.calls.flush()
    else {
      this.#heartbeat.stop()
      this.extensions.forget()
    }
    this.#reports.changed(change)
    if (state === 'closed') this.#end(close)
    queueMicrotask(() => this.events.deliver('state', change))
  }

  #end(close: ConnectionClose | undefined): void {
    this.#stopWaking?.()
    this.#stopWaking = undefined
    this.recovery.forget()
    this.calls.closed(close)
    this.#closed(close && disconnected(CLIENT, close))
  }

  #received(payload: Payload): void {
    this.#heartbeat.received()
    if (payload.length === 0) return
    try {
      const message = parseResponse(this.#settings.codec.decode(payload))
      if (this.recovery.takes(message, payload.length)) this.#dispatch(message, payload.length)
    } catch (error) {
      this.recovery.unreadable(payload)
      this.#reports.of('unreadable_message')(error)
    }
    // Calls that waited for a sign of life.
    this.calls.flush()
    // The rest of its time is the server's to measure.
    if (this.#isLeaving && !this.calls.areAwaited) this.link.reconnect(MOVED_ON)
  }

  #dispatch(message: Response, bytes: number): void {
    const { cmd, seqno, data, status, msg } = message
    if (this.calls.answer(message, bytes)) return
    if (cmd === EXTENSION.reauth) {
      this.refreshAuth().catch(this.#reports.of('auth_failed'))
      return
    }
    if (cmd === EXTENSION.goaway) {
      this.#isLeaving = true
      return
    }
    // A late reply must not pass for a push of the same name.
    if (!this.calls.isOwn(seqno) && this.pushes.deliver(cmd, data, { status, msg })) return
    this.#reports.of('unexpected_message')(new Error(`no pending call or subscriber for ${cmd} (seqno ${seqno})`))
  }

  #mayLeave(call: Call, inFlight: number): boolean {
    if (call.cmd === EXTENSION.hello) return true
    const isOpen = call.isBound ? this.#isGreeted : this.state === 'open' && !this.#heartbeat.isDoubtful()
    const isTaken = !this.#isLeaving || isReservedCmd(call.cmd)
    return isOpen && isTaken && this.extensions.mayLeave(call, inFlight)
  }

  #sendCall(call: Call): boolean {
    const payload = writeRequest(call, this.#settings, this.recovery.ride())
    call.bytes = payload.length
    this.extensions.checkSize(call, payload)
    const wasSent = this.#send(payload)
    if (wasSent) this.recovery.sent(call)
    return wasSent
  }

  #send(payload: Payload): boolean {
    const wasSent = this.link.send(payload)
    if (wasSent) this.#heartbeat.sent()
    return wasSent
  }
}

const BUSY = { msg: 'as many calls are in flight as the server takes at once' }
const STUCK: ConnectionClose = { code: NO_CLOSE_FRAME, reason: 'a call that was given up was not answered' }
const HALF_OPEN: ConnectionClose = { code: NO_CLOSE_FRAME, reason: 'half open' }
