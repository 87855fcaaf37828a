import {
  type Clock,
  createSeqnoSource,
  EXTENSION,
  FINAL_CLOSES,
  HEARTBEAT,
  HEARTBEAT_INTERVAL_MS,
  type HelloRequest,
  type HelloResponse,
  type Payload,
  STATUS,
  type Timer,
} from '@wsrv/protocol'
import { CallGate } from './call-gate.ts'
import { dataOf, readMessage, type WireMessage } from './message.ts'
import { Pulse } from './pulse.ts'
import { Session } from './session.ts'
import type { OpenSocket, Socket, SocketClose } from './socket.ts'

/** How a connection stands. `greeting`: open, but `$hello` is not answered; `waiting`: for the next attempt. */
export type ConnectionState = 'closed' | 'connecting' | 'greeting' | 'open' | 'waiting'

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly url: string
  readonly clock: Clock
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
  readonly openSocket: OpenSocket
  /** What `$hello` says besides who speaks; asked each time. */
  readonly greeting: () => Omit<HelloRequest, 'client' | 'session'>
  /** Milliseconds since 1970. */
  readonly wallClockMs: () => number
  /** Told of each message, in the order of the wire. */
  readonly message: (message: WireMessage) => void
  /** Told when the connection opened, and when it ended. */
  readonly opened: () => void
  readonly ended: (close: SocketClose) => void
  /** Told when anything that can be read here has changed. */
  readonly changed: () => void
}

/**
 * One connection that shows its wire: it sends `$hello` first and nothing beside it until it is answered, keeps the link
 * alive, measures round trips, comes back after a loss, and can be made to behave badly. Towards a peer without the
 * extensions it has one request in flight at a time. PROTOCOL.md §Extensions.
 */
export class Connection {
  state: ConnectionState = 'closed'
  /** What the server said of itself; `undefined` before, and for a server without extensions. */
  hello: HelloResponse | undefined
  /** Status of the answer to `$hello`. */
  helloStatus: number | undefined
  lastClose: SocketClose | undefined
  /** Connections made so far. */
  connects = 0
  /** What outlives the connection. */
  readonly session: Session
  readonly #options: ConnectionOptions
  readonly #nextSeqno: () => string
  readonly #gate: CallGate
  readonly #pulse: Pulse
  #socket: Socket | undefined
  #helloSeqno: string | undefined
  #attempt = 0
  #timer: Timer | undefined
  #isSilent = false
  #readDelayMs = 0

  constructor(options: ConnectionOptions) {
    const { clock, random } = options
    this.#options = options
    this.#nextSeqno = createSeqnoSource(random)
    this.session = new Session(random)
    this.#gate = new CallGate({ clock, send: (payload) => this.#write(payload), changed: options.changed })
    this.#pulse = new Pulse({
      clock,
      heartbeat: () => this.#write(this.session.isBehind ? this.session.ack() : HEARTBEAT),
      ping: () => this.#request(EXTENSION.ping, {}),
      changed: options.changed,
    })
  }

  /** Round trips measured by `$ping`, oldest first. */
  get roundTrips(): Pulse['roundTrips'] {
    return this.#pulse.roundTrips
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#gate.waiting
  }

  /** Whether a slow reader slows the server, or shows messages late only. */
  get slowsServer(): boolean {
    return this.#socket?.slowsServer ?? 'WebSocketStream' in globalThis
  }

  get isSilent(): boolean {
    return this.#isSilent
  }

  /** Sends nothing at all while it is true; what is to be sent waits. */
  set isSilent(isSilent: boolean) {
    this.#isSilent = isSilent
    this.#follow()
  }

  get holdsHeartbeats(): boolean {
    return this.#pulse.isHeld
  }

  /** Sends requests only while it is true: neither heartbeats nor pings. */
  set holdsHeartbeats(isHeld: boolean) {
    this.#pulse.isHeld = isHeld
    this.#options.changed()
  }

  get readDelayMs(): number {
    return this.#readDelayMs
  }

  /** Time to wait before each message is read, in ms. */
  set readDelayMs(delayMs: number) {
    this.#readDelayMs = delayMs
    this.#socket?.setReadDelay(delayMs)
    this.#options.changed()
  }

  /** Connects now, unless it is connected or about to be. */
  connect(): void {
    if (this.state !== 'closed' && this.state !== 'waiting') return
    const { url, clock, openSocket } = this.#options
    clock.clearTimeout(this.#timer)
    this.#become('connecting')
    const socket = openSocket(url, {
      opened: () => socket === this.#socket && this.#greet(),
      received: (payload) => socket === this.#socket && this.#receive(payload),
      closed: (close) => socket === this.#socket && this.#lose(close),
    })
    this.#socket = socket
    socket.setReadDelay(this.#readDelayMs)
  }

  /** Closes for good: the server is told that the client is done. */
  disconnect(): void {
    this.#options.clock.clearTimeout(this.#timer)
    if (this.#socket === undefined) {
      this.#become('closed')
      return
    }
    this.#attempt = Number.POSITIVE_INFINITY
    this.#socket.close(NORMAL, '')
  }

  /** Loses the link, and comes back as a client would. */
  drop(): void {
    this.#socket?.close(DROPPED, 'dropped by the playground')
  }

  /** Sends a request as soon as its turn comes. */
  call(cmd: string, data: unknown, extra: object = {}): void {
    const seqno = this.#nextSeqno()
    this.#gate.add({ payload: JSON.stringify({ cmd, seqno, data, ...extra }), seqno })
  }

  /** Sends a text as it is, when its turn comes. */
  sendRaw(text: string): void {
    const { seqno } = readMessage({ atMs: 0, from: 'client', payload: text })
    this.#gate.add({ payload: text, seqno })
  }

  /** Cancels a call, if the server supports that. */
  cancel(seqno: string): void {
    if (this.hello?.cancel) this.#request(EXTENSION.cancel, { seqno })
  }

  /** Presents credentials on the open connection. PROTOCOL.md §$auth. */
  authenticate(auth: unknown): void {
    this.#request(this.helloStatus === STATUS.ok ? EXTENSION.auth : EXTENSION.hello, {
      ...(this.helloStatus === STATUS.ok ? {} : this.#greeting()),
      auth,
    })
  }

  #greeting(): HelloRequest {
    return { client: CLIENT, ...this.#options.greeting(), session: this.session.request() }
  }

  #greet(): void {
    this.connects += 1
    this.#become('greeting')
    this.#options.opened()
    this.#helloSeqno = this.#request(EXTENSION.hello, this.#greeting())
    this.#timer = this.#options.clock.setTimeout(() => this.#greeted(undefined, undefined), HELLO_PATIENCE_MS)
  }

  #greeted(status: number | undefined, hello: HelloResponse | undefined): void {
    this.#options.clock.clearTimeout(this.#timer)
    this.#attempt = 0
    this.helloStatus = status
    this.hello = hello
    const interval = hello === undefined ? HEARTBEAT_INTERVAL_MS : hello.heartbeatTimeoutMs / BEATS_PER_TIMEOUT
    this.#pulse.start({ intervalMs: interval, pings: hello !== undefined })
    for (const payload of this.session.begin(status, hello?.session)) this.#write(payload)
    this.#become('open')
  }

  #request(cmd: string, data: object): string {
    const seqno = this.#nextSeqno()
    this.#write(JSON.stringify({ cmd, seqno, data }))
    return seqno
  }

  #write(payload: Payload): void {
    if (this.#isSilent || this.#socket === undefined) return
    this.#socket.send(payload)
    this.#pulse.sent()
    const { cmd } = this.#see('client', payload)
    this.session.sent(payload, cmd)
  }

  #receive(payload: Payload): void {
    const message = this.#see('server', payload)
    if (this.session.came(message)) this.#write(this.session.ack())
    if (message.cmd === EXTENSION.hello) this.#helloAnswered(message)
    else if (message.cmd === EXTENSION.ping) this.#pulse.answered()
    else if (message.cmd === EXTENSION.goaway && this.session.sid !== undefined) this.drop()
    else this.#gate.answered(message.seqno)
  }

  #helloAnswered(message: WireMessage): void {
    const { status, seqno } = message
    if (this.state === 'greeting' && seqno !== this.#helloSeqno) return
    this.#greeted(status, status === STATUS.ok ? (dataOf(message) as HelloResponse) : undefined)
  }

  #see(from: 'client' | 'server', payload: Payload): WireMessage {
    const message = readMessage({ atMs: this.#options.wallClockMs(), from, payload })
    this.#options.message(message)
    return message
  }

  #lose(close: SocketClose): void {
    const { clock, random, ended } = this.#options
    const wasOpen = this.state === 'greeting' || this.state === 'open'
    clock.clearTimeout(this.#timer)
    this.#socket = undefined
    this.#pulse.stop()
    this.#gate.lost()
    this.session.closed(close.code)
    this.lastClose = close
    this.#attempt += 1
    const isFinal = this.#attempt === Number.POSITIVE_INFINITY || (wasOpen && FINAL_CLOSES.includes(close.code))
    if (isFinal) this.#attempt = 0
    else this.#timer = clock.setTimeout(() => this.connect(), backoffMs(this.#attempt, random))
    this.#become(isFinal ? 'closed' : 'waiting')
    ended(close)
  }

  #become(state: ConnectionState): void {
    this.state = state
    this.#follow()
  }

  /** Lets out what may leave now. */
  #follow(): void {
    this.#gate.set({
      isOpen: this.state === 'open' && !this.#isSilent,
      isSingle: this.helloStatus === undefined || this.helloStatus === STATUS.not_implemented,
    })
    this.#options.changed()
  }
}

/** Who speaks, for `$hello`. */
const CLIENT = 'wsrv-playground/0.1.0'

const NORMAL = 1000
/** A client that moves on: scripts cannot end a link without a close frame. */
const DROPPED = 4012

/** Time after which a server that answers nothing is spoken to without the extensions, in ms. */
const HELLO_PATIENCE_MS = 5_000

/** Two of three may be lost. */
const BEATS_PER_TIMEOUT = 3

/** Delay before the n-th attempt to reconnect, in ms: a random part of what doubles from half a second to ten. */
function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (attempt - 1))
}

const MIN_DELAY_MS = 500
/** Shorter than the client's: a person sits before the page and waits. */
const MAX_DELAY_MS = 10_000
