import type { Connection, ConnectionClose, TransportEvents } from '@wsrv/client'
import { NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'
import type { ConnectionEvents, OutgoingMessage, ServerConnection } from '@wsrv/server'

/** One frame on its way: a message, or the close frame behind all messages. */
type Frame = { readonly payload: string } | { readonly close: ConnectionClose }

/** What a {@link Link} asks of the world that schedules it. */
export interface LinkWatcher {
  /** The server has written a message. */
  wrote(link: Link, payload: string): void
  /** The server closes a link. */
  closed(link: Link, code: number): void
  /** What a message looks like when it arrives; garbage, perhaps. */
  carried(link: Link, payload: string, direction: 'c2s' | 's2c'): string
  /** A number from 0 to below 1. */
  random(): number
}

/**
 * One connection of which every event happens when the schedule says so, and each end learns of the other's end when it is told.
 *
 * The client's end, the server's end and the two queues between them.
 */
export class Link implements ServerConnection {
  readonly id: number
  readonly tab: number
  readonly c2s: Frame[] = []
  readonly s2c: Frame[] = []
  isClientOpen = true
  isServerOpen = true
  /** The reader takes nothing: the server sees its buffer full. */
  isStalled = false
  closedWith: ConnectionClose | undefined
  readonly request: ServerConnection['request'] = { url: '/', headers: {}, socket: { remoteAddress: '' } }
  readonly #client: TransportEvents
  readonly #watcher: LinkWatcher
  #server: ConnectionEvents | undefined

  constructor(id: number, tab: number, { client, watcher }: { client: TransportEvents; watcher: LinkWatcher }) {
    this.id = id
    this.tab = tab
    this.#client = client
    this.#watcher = watcher
  }

  /** The client's end. */
  get connection(): Connection {
    return {
      send: (payload) => this.#toServer({ payload: textOf(payload) }),
      close: (code, reason) => {
        this.#toServer({ close: { code, reason } })
        queueMicrotask(() => this.#clientEnded({ code, reason }))
      },
      terminate: () => this.cutClient(),
    }
  }

  /** The server lets it in. */
  serve(events: ConnectionEvents): void {
    this.#server = events
    this.#client.opened()
  }

  get bufferedBytes(): number {
    if (this.isStalled) return Infinity
    return this.s2c.length >= SOCKET_FRAMES ? SOCKET_BYTES : 0
  }

  send(messages: readonly OutgoingMessage[], from = 0, to: number = messages.length): void {
    if (!this.isServerOpen) return
    for (const { payload } of messages.slice(from, to)) {
      const text = textOf(payload)
      this.#watcher.wrote(this, text)
      if (this.isClientOpen) this.s2c.push({ payload: text })
    }
  }

  pause(): void {}

  resume(): void {}

  ping(): void {
    if (this.isClientOpen && this.isServerOpen) queueMicrotask(() => this.#server?.ponged())
  }

  /** The server closes. */
  close(code: number, reason: string): void {
    if (!this.isServerOpen) return
    this.#watcher.closed(this, code)
    if (this.isClientOpen) this.s2c.push({ close: { code, reason } })
    this.#serverEnded({ code, reason })
  }

  /** The server drops the connection. */
  terminate(): void {
    this.cutServer()
  }

  /** One frame of the client arrives. */
  stepToServer(): void {
    const frame = this.c2s.shift()
    if (frame === undefined || !this.isServerOpen) return
    if ('close' in frame) {
      this.#serverEnded(frame.close)
      return
    }
    const payload = this.#watcher.carried(this, frame.payload, 'c2s')
    this.#server?.received(payload, payload.length)
  }

  /** One frame of the server arrives. */
  stepToClient(): void {
    const frame = this.s2c.shift()
    if (frame === undefined || !this.isClientOpen) return
    const wasFull = this.s2c.length + 1 === SOCKET_FRAMES
    if ('close' in frame) this.#clientEnded(frame.close)
    else this.#client.received(this.#watcher.carried(this, frame.payload, 's2c'))
    if (wasFull && this.isServerOpen && !this.isStalled) this.#server?.drained()
  }

  /** The client's end breaks; some of what it sent may still arrive. */
  cutClient(): void {
    if (!this.isClientOpen) return
    this.c2s.length = Math.floor(this.#watcher.random() * (this.c2s.length + 1))
    this.#clientEnded({ code: NO_CLOSE_FRAME, reason: '' })
  }

  /** The server's end breaks; some of what it sent may still arrive. */
  cutServer(): void {
    if (!this.isServerOpen) return
    this.s2c.length = Math.floor(this.#watcher.random() * (this.s2c.length + 1))
    this.#serverEnded({ code: NO_CLOSE_FRAME, reason: '' })
  }

  /**
   * The process of the server dies: nothing more leaves, and it does not even notice.
   *
   * @returns lets its remains close down, once the schedule is over.
   */
  kill(): () => void {
    const server = this.isServerOpen ? this.#server : undefined
    this.isServerOpen = false
    this.#server = undefined
    this.c2s.length = 0
    return () => server?.closed(NO_CLOSE_FRAME, '')
  }

  /** The client learns that the server's end is gone. */
  noticeAtClient(): void {
    this.#clientEnded({ code: NO_CLOSE_FRAME, reason: '' })
  }

  #toServer(frame: Frame): boolean {
    if (!this.isClientOpen) return false
    if (this.isServerOpen) this.c2s.push(frame)
    return true
  }

  #clientEnded(close: ConnectionClose): void {
    if (!this.isClientOpen) return
    this.isClientOpen = false
    this.s2c.length = 0
    this.#client.closed(close)
  }

  #serverEnded(close: ConnectionClose): void {
    if (!this.isServerOpen) return
    this.isServerOpen = false
    this.closedWith = close
    this.c2s.length = 0
    queueMicrotask(() => this.#server?.closed(close.code, close.reason))
  }
}

/** What a socket takes before it is full. */
const SOCKET_FRAMES = 3
const SOCKET_BYTES = 1_000_000

function textOf(payload: Payload): string {
  return typeof payload === 'string' ? payload : Buffer.from(payload).toString()
}
