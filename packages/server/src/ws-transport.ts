import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { HARD_MESSAGE_FACTOR, PAUSE_BYTES } from '@wsrv/protocol'
import { WebSocket, WebSocketServer } from 'ws'
import { encodeFrames } from './frame.ts'
import { FrameScanner, type FrameSinks } from './frame-scanner.ts'
import type { OutgoingMessage, ServerConnection, ServerTransport } from './transport.ts'

/** Time a peer has to answer a close frame before its socket is destroyed, in ms. Two slow round trips. */
const CLOSE_TIMEOUT_MS = 5_000

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
    // `ws` would take the first one offered. PROTOCOL.md §Messages: none is.
    handleProtocols: () => false as const,
    maxPayload: maxMessageBytes * HARD_MESSAGE_FACTOR,
    closeTimeout: CLOSE_TIMEOUT_MS,
  }
  const server = new WebSocketServer(options)
  return {
    upgrade: ({ request, socket, head }, open) => {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new WsConnection(webSocket, socket, request)
        const events = open(connection)
        webSocket.on('message', (data: Buffer, isBinary) =>
          events.received(isBinary ? data : data.toString(), data.length),
        )
        webSocket.on('pong', () => events.ponged())
        scanFirst(socket, webSocket, {
          maxBytes: options.maxPayload,
          message: (payload, bytes) => events.received(payload, bytes),
        })
        let violation: string | undefined
        // The peer broke a rule: `ws` sends the rule's close code and tells 1006, for the peer sent none. RFC 6455 §7.1.5.
        webSocket.on('error', ({ message }) => {
          violation = message
        })
        webSocket.on('close', (code, reason) => events.closed(code, violation ?? reason.toString()))
      })
    },
  }
}

/**
 * Lets a scanner have a connection's bytes before `ws` has them, which gets what the scanner leaves.
 *
 * `ws` has just one listener for them, of the socket's `data`; should that ever change, it reads everything itself again.
 */
function scanFirst(
  socket: Duplex,
  webSocket: WebSocket,
  { maxBytes, message }: Pick<FrameSinks, 'message'> & { readonly maxBytes: number },
): void {
  const [read, ...others] = socket.listeners('data')
  if (read === undefined || others.length > 0) return
  const scanner = new FrameScanner(maxBytes, { message, rest: (bytes) => read.call(socket, bytes) })
  const scan = (chunk: Buffer): void => scanner.scan(chunk)
  const stop = (): void => void socket.off('data', scan)
  socket.off('data', read as () => void).on('data', scan)
  // `ws` stops to listen then, and what comes after a violation or the end is nobody's.
  webSocket.once('error', stop)
  socket.prependOnceListener('close', stop)
}

class WsConnection implements ServerConnection {
  readonly request: IncomingMessage
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  #awaitsDrain = false

  constructor(webSocket: WebSocket, socket: Duplex, request: IncomingMessage) {
    this.#webSocket = webSocket
    this.#socket = socket
    this.request = request
  }

  get bufferedBytes(): number {
    return this.#webSocket.bufferedAmount
  }

  send(messages: readonly OutgoingMessage[]): void {
    // After a close frame, ours or the answer to the peer's, no data may follow. RFC 6455 §5.5.1.
    if (this.#webSocket.readyState !== WebSocket.OPEN) return
    this.#socket.write(encodeFrames(messages), 'latin1')
    if (this.#socket.writableLength > PAUSE_BYTES) this.#pause()
  }

  ping(): void {
    this.#webSocket.ping()
    // For a while: a slow reader is alive, and what shows it must be heard.
    if (this.#webSocket.isPaused) this.#webSocket.resume()
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason)
    if (this.#webSocket.isPaused) this.#webSocket.resume()
  }

  terminate(): void {
    this.#webSocket.terminate()
  }

  /** Leaves the peer's messages in its own hands until everything sent has left. PROTOCOL.md §Bad input. */
  #pause(): void {
    this.#webSocket.pause()
    if (this.#awaitsDrain) return
    this.#awaitsDrain = true
    this.#socket.once('drain', () => {
      this.#awaitsDrain = false
      this.#webSocket.resume()
    })
  }
}
