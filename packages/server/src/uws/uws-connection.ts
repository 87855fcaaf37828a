import { CLOSE, PAUSE_BYTES } from '@wsrv/protocol'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type { ConnectionEvents, ServerConnection, UpgradeRequest } from '../connection/transport.ts'
import type { UwsSocket } from './uws-app.ts'

/** A connection of uWebSockets, and the events of its app. */
export class UwsConnection implements ServerConnection {
  readonly request: UpgradeRequest
  readonly isBlind = true
  readonly isUnstoppable = true
  readonly #open: (connection: ServerConnection) => ConnectionEvents
  /** There from {@link opened} to {@link closed}: uWebSockets throws when a closed one is touched. */
  #socket: UwsSocket | undefined = undefined
  #events: ConnectionEvents | undefined = undefined
  /** Pongs sent since the peer had taken everything. */
  #unreadPongBytes = 0

  /** @param open begins the core's session. */
  constructor(request: UpgradeRequest, open: (connection: ServerConnection) => ConnectionEvents) {
    this.request = request
    this.#open = open
  }

  get bufferedBytes(): number {
    return this.#socket?.getBufferedAmount() ?? 0
  }

  send(messages: readonly OutgoingMessage[], from = 0, to: number = messages.length): void {
    const socket = this.#socket
    socket?.cork(() => {
      for (let at = from; at < to; at += 1) {
        const { payload, isBinary } = messages[at] as OutgoingMessage
        socket.send(payload, isBinary)
      }
    })
  }

  /** uWebSockets cannot. */
  pause(): void {}

  resume(): void {}

  ping(): void {
    this.#socket?.ping()
  }

  close(code: number, reason: string): void {
    this.#socket?.end(code, reason)
  }

  terminate(): void {
    this.#socket?.close()
  }

  /** The app has accepted the WebSocket. */
  opened(socket: UwsSocket): void {
    this.#socket = socket
    this.#events = this.#open(this)
  }

  /** @param message valid during the call only. */
  received(message: ArrayBuffer, isBinary: boolean): void {
    const payload = isBinary ? new Uint8Array(message.slice(0)) : Buffer.from(message).toString()
    this.#events?.received(payload, message.byteLength)
  }

  /**
   * A ping came, and uWebSockets has answered it; a peer that does not read its pongs would fill the memory with them.
   *
   * @param bytes size of its payload.
   */
  pinged(bytes: number): void {
    if (this.bufferedBytes === 0) this.#unreadPongBytes = 0
    else this.#unreadPongBytes += bytes + PONG_HEADER_BYTES
    if (this.#unreadPongBytes > PAUSE_BYTES) this.terminate()
  }

  ponged(): void {
    this.#events?.ponged()
  }

  drained(): void {
    if (this.bufferedBytes < PAUSE_BYTES) this.#events?.drained()
  }

  /** @param message valid during the call only. */
  closed(code: number, message: ArrayBuffer): void {
    this.#socket = undefined
    const reason = Buffer.from(message).toString()
    // Called from within `end` and `close`, perhaps while the core still begins the session: too early to report its end.
    queueMicrotask(() => {
      if (reason === TOO_LARGE) this.#events?.exceeded()
      if (reason === SILENT) this.#events?.closed(CLOSE.heartbeat_timeout, 'heartbeat timeout')
      else this.#events?.closed(code, reason)
    })
  }
}

/** How uWebSockets calls a message over its `maxPayloadLength`. */
const TOO_LARGE = 'Received too big message'

/** How uWebSockets calls a connection over which not a byte came for its `idleTimeout`. */
const SILENT = 'WebSocket timed out from inactivity'

/** RFC 6455 §5.2: a control frame's payload is at most 125 bytes. */
const PONG_HEADER_BYTES = 2
