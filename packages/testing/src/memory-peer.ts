import type { Connection, ConnectionClose, TransportEvents } from '@wsrv/client'
import { NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'

/** The server's end of a connection in memory. What it does reaches the client a microtask later, in order. */
export class MemoryPeer {
  /** What the client asked for. */
  readonly url: string
  /** The client's end. */
  readonly connection: Connection
  /** Called with each frame of the client, after it was noted. */
  onFrame: (payload: Payload) => void = () => {}
  /** Called at the end of the connection, whichever end closed it. */
  onClose: (close: ConnectionClose) => void = () => {}
  /** Called when a client that was stalled has read everything. */
  onFlow: () => void = () => {}
  readonly #events: TransportEvents
  #frames: Payload[] = []
  #state: 'connecting' | 'open' | 'closing' | 'closed' = 'connecting'
  #close: ConnectionClose | undefined
  /** What a stalled client has not read; `undefined` when it reads. */
  #unread: (() => void)[] | undefined
  #unreadBytes = 0

  constructor(url: string, events: TransportEvents) {
    this.url = url
    this.#events = events
    this.connection = {
      send: (payload) => this.#receive(payload),
      close: (code, reason) => this.close(code, reason),
      terminate: () => this.#end({ code: NO_CLOSE_FRAME, reason: '' }),
    }
  }

  get state(): 'connecting' | 'open' | 'closing' | 'closed' {
    return this.#state
  }

  /** How the connection ended, once it has. */
  get closed(): ConnectionClose | undefined {
    return this.#close
  }

  /** Accepts the connection. */
  open(): void {
    if (this.#state !== 'connecting') return
    this.#state = 'open'
    this.#later(() => {
      if (this.#state === 'open') this.#events.opened()
    })
  }

  /** Bytes that were sent and that a stalled client has not read. */
  get unreadBytes(): number {
    return this.#unreadBytes
  }

  /** Sends a frame to the client. */
  send(payload: Payload): void {
    if (this.#unread !== undefined) this.#unreadBytes += sizeOf(payload)
    this.#deliver(() => {
      if (this.#state !== 'closed') this.#events.received(payload)
    })
  }

  /** From now on the client reads nothing, until {@link flow}: what is sent to it waits, a close frame included. */
  stall(): void {
    this.#unread ??= []
  }

  /** The client reads again: first what it left. */
  flow(): void {
    const unread = this.#unread ?? []
    this.#unread = undefined
    this.#unreadBytes = 0
    for (const read of unread) this.#later(read)
    this.#later(() => {
      if (this.#state !== 'closed') this.onFlow()
    })
  }

  /** Takes the frames that came since the last take; binary ones as bytes. */
  take(): Payload[] {
    return this.#frames.splice(0)
  }

  /** Takes the one frame that came since the last take, and fails when there is not exactly one. */
  takeOne(): Payload {
    const frames = this.take()
    if (frames.length !== 1) throw new Error(`expected one frame, got ${JSON.stringify(frames)}`)
    return frames[0] as Payload
  }

  /** Ends the connection with a close frame. */
  close(code: number, reason = ''): void {
    if (this.#state === 'closed' || this.#state === 'closing') return
    this.#state = 'closing'
    this.#deliver(() => this.#end({ code, reason }))
  }

  /** Ends the connection without a close frame, or refuses it while `connecting`. */
  drop(reason = ''): void {
    this.#later(() => this.#end({ code: NO_CLOSE_FRAME, reason }))
  }

  #receive(payload: Payload): boolean {
    if (this.#state !== 'open') return false
    this.#frames.push(payload)
    this.onFrame(payload)
    return true
  }

  #end(close: ConnectionClose): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#close = close
    this.#events.closed(close)
    this.onClose(close)
  }

  /** The client sees it once it reads. */
  #deliver(read: () => void): void {
    if (this.#unread === undefined) this.#later(read)
    else this.#unread.push(read)
  }

  #later(action: () => void): void {
    queueMicrotask(action)
  }
}

/** Size of a payload on the wire, in bytes. */
export function sizeOf(payload: Payload): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
}
