import type { Duplex } from 'node:stream'
import { HARD_MESSAGE_FACTOR, PAUSE_BYTES, type Payload } from '@wsrv/protocol'
import { WebSocket, WebSocketServer } from 'ws'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type {
  ConnectionEvents,
  ServerConnection,
  ServerTransport,
  Upgrade,
  UpgradeRequest,
} from '../connection/transport.ts'
import { encodeFrames } from './frame.ts'
import { FrameScanner, type FrameSinks } from './frame-scanner.ts'

/** Time a peer has to answer a close frame before its socket is destroyed, in ms. Two slow round trips. */
const CLOSE_TIMEOUT_MS = 5_000

/** How `ws` calls a message over its `maxPayload`. */
const TOO_LARGE: ReadonlySet<string | undefined> = new Set([
  'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
])

/**
 * WebSocket connections by `ws`: it answers pings and closes, and reads all frames but the usual ones; messages are framed
 * and written here, many in one write, because system calls cost more than JSON.
 *
 * No compression: the frames written here would have to know of it, and it costs a small message more than it saves.
 */
export function createWsTransport({ maxMessageBytes }: { readonly maxMessageBytes: number }): ServerTransport {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    WebSocket: ServedWebSocket,
    // `ws` would take the first one offered. PROTOCOL.md §Messages: none is.
    handleProtocols: () => false as const,
    maxPayload: maxMessageBytes * HARD_MESSAGE_FACTOR,
    closeTimeout: CLOSE_TIMEOUT_MS,
  }
  const server = new WebSocketServer<typeof ServedWebSocket>(options)
  return {
    upgrade: (upgrade, open) => {
      server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (webSocket) => {
        const connection = new WsConnection(webSocket, upgrade)
        webSocket.connection = connection
        connection.serve(open(connection), options.maxPayload)
      })
    },
  }
}

/** Shared: to have `ws` make one costs as much as to write it. RFC 6455 §5.5.2. */
const PING_FRAME = Uint8Array.of(0x89, 0)

/** A WebSocket of `ws` whose events go straight to its connection: one listener per event would cost 2 µs and 400 bytes. */
class ServedWebSocket extends WebSocket {
  connection: WsConnection | undefined = undefined

  override emit(event: string, first?: unknown, second?: unknown): boolean {
    const { connection } = this
    if (event === 'message') connection?.read(first as Buffer, second as boolean)
    else if (event === 'pong') connection?.ponged()
    else if (event === 'error') connection?.violated(first as Error)
    else if (event === 'close') connection?.closed(first as number, second as Buffer)
    return connection !== undefined
  }
}

class WsConnection implements ServerConnection, FrameSinks {
  readonly request: UpgradeRequest
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  #written: ((error?: Error | null) => void) | undefined = undefined
  #events: ConnectionEvents | undefined = undefined
  /** How `ws` takes bytes. */
  #read: ((bytes: Buffer) => void) | undefined = undefined
  #scanning: ((bytes: Buffer) => void) | undefined = undefined
  #violation: string | undefined = undefined

  constructor(webSocket: WebSocket, { request, socket }: Upgrade) {
    this.#webSocket = webSocket
    this.#socket = socket
    // No more of it: Node's own is a stream with every header in two forms, kept as long as the connection.
    this.request = { url: request.url, headers: request.headers, socket: request.socket }
  }

  get bufferedBytes(): number {
    return this.#webSocket.bufferedAmount
  }

  send(messages: readonly OutgoingMessage[], from = 0, to = messages.length): void {
    // After a close frame, ours or the answer to the peer's, no data may follow. RFC 6455 §5.5.1.
    if (this.#webSocket.readyState !== WebSocket.OPEN) return
    const frames = encodeFrames(messages, from, to)
    if (this.#socket.writableLength + frames.length < PAUSE_BYTES) this.#socket.write(frames, 'latin1')
    else this.#socket.write(frames, 'latin1', this.#onWritten())
  }

  pause(): void {
    this.#webSocket.pause()
  }

  resume(): void {
    this.#webSocket.resume()
  }

  ping(): void {
    if (this.#webSocket.readyState !== WebSocket.OPEN) return
    this.#socket.write(PING_FRAME)
    if (this.#webSocket.isPaused) this.#webSocket.resume()
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason)
    if (this.#webSocket.isPaused) this.#webSocket.resume()
  }

  terminate(): void {
    this.#webSocket.terminate()
  }

  /** Reports to the core from now on. */
  serve(events: ConnectionEvents, maxBytes: number): void {
    this.#events = events
    this.#scan(new FrameScanner(maxBytes, this))
  }

  /** Takes a message that `ws` read. */
  read(data: Buffer, isBinary: boolean): void {
    this.message(isBinary ? data : data.toString(), data.length)
  }

  ponged(): void {
    this.#events?.ponged()
  }

  /** The peer broke a rule: `ws` sends the rule's close code and reports 1006, because the peer sent none. RFC 6455 §7.1.5. */
  violated({ message, code }: NodeJS.ErrnoException): void {
    this.#violation = message
    this.#stopScanning()
    if (TOO_LARGE.has(code)) this.#events?.exceeded()
  }

  closed(code: number, reason: Buffer): void {
    this.#events?.closed(code, this.#violation ?? reason.toString())
  }

  message(payload: Payload, bytes: number): void {
    this.#events?.received(payload, bytes)
  }

  rest(bytes: Buffer): void {
    this.#read?.call(this.#socket, bytes)
  }

  progressed(): void {
    this.#events?.progressed()
  }

  /**
   * Lets a scanner have the bytes before `ws` has them.
   *
   * `ws` has just one listener for them, of the socket's `data`; should that ever change, it reads everything itself again.
   */
  #scan(scanner: FrameScanner): void {
    const socket = this.#socket
    const [read, ...others] = socket.listeners('data') as ((bytes: Buffer) => void)[]
    if (read === undefined || others.length > 0) return
    this.#read = read
    this.#scanning = (chunk) => {
      // `ws` itself takes what a destroyed socket still holds.
      if (!socket.destroyed) scanner.scan(chunk)
    }
    socket.off('data', read).on('data', this.#scanning)
  }

  #stopScanning(): void {
    if (this.#scanning !== undefined) this.#socket.off('data', this.#scanning)
  }

  /**
   * A callback for writes that fill the socket, made once. Not the stream's own `drain` event: that comes by the high-water
   * mark, which an HTTP server's options can set above ours.
   */
  #onWritten(): (error?: Error | null) => void {
    this.#written ??= (error) => {
      if (!error && this.#socket.writableLength < PAUSE_BYTES) this.#events?.drained()
    }
    return this.#written
  }
}
