import { NO_CLOSE_FRAME } from '@wsrv/protocol'
import WebSocket from 'isomorphic-ws'
import type { Connection, ConnectionClose, Transport, TransportEvents } from './transport.ts'

/** What a WebSocket handshake may carry besides the URL. */
export interface WebSocketTransportOptions {
  /** Subprotocols to offer. RFC 6455 §1.9. Default none. */
  readonly protocols?: readonly string[]
  /** Headers of the upgrade request: Node only, browsers cannot send them. Default none. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The default transport: the browser's WebSocket, `ws` in Node. RFC 6455. */
export function createWebSocketTransport(options: WebSocketTransportOptions = {}): Transport {
  return {
    connect: (url, events) => {
      try {
        return connectSocket(openSocket(url, options), events)
      } catch (cause) {
        // A malformed URL throws here; the seam promises an event instead.
        queueMicrotask(() => events.closed({ code: NO_CLOSE_FRAME, reason: (cause as Error).message, cause }))
        return NO_CONNECTION
      }
    },
  }
}

const NO_CONNECTION: Connection = { send: () => false, close: () => {}, terminate: () => {} }

function openSocket(url: string, { protocols = [], headers = {} }: WebSocketTransportOptions): WebSocket {
  // Browsers ignore the third argument; React Native warns of what it does not know.
  const options =
    'Server' in WebSocket ? { headers, perMessageDeflate: false, closeTimeout: CLOSE_TIMEOUT_MS } : { headers }
  const socket = new WebSocket(url, [...protocols], options)
  socket.binaryType = 'arraybuffer'
  return socket
}

/** Time that the other end has to answer a close, in ms; on a half-open link it keeps a Node process from ending. */
const CLOSE_TIMEOUT_MS = 1_000

function connectSocket(socket: WebSocket, events: TransportEvents): Connection {
  let problem: { message?: string; error?: unknown } = {}
  let stream: CorkedStream | undefined
  const end = (close: ConnectionClose) => {
    socket.onopen = socket.onmessage = socket.onclose = null
    events.closed(close)
  }
  socket.on?.('upgrade', (response) => {
    stream = response.socket
  })
  socket.onopen = () => events.opened()
  socket.onmessage = ({ data }) =>
    events.received(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer))
  // Node says what went wrong, a browser does not. Stays set: without it `ws` throws when closed while connecting.
  socket.onerror = (event) => {
    problem = event
  }
  socket.onclose = ({ code, reason }) => end({ code, reason: reason || problem.message || '', cause: problem.error })
  return {
    send: (payload) => {
      const isOpen = socket.readyState === socket.OPEN
      if (isOpen) {
        // In Node, everything sent in one loop turn leaves in one write: three quarters of the CPU of one write per call.
        if (stream?.writableCorked === 0) {
          stream.cork()
          setImmediate(() => stream?.uncork())
        }
        socket.send(payload)
      }
      return isOpen
    },
    // Browsers do not tell what comes. What was sent and is not buffered any more has left.
    progress: () => (stream?.bytesRead ?? 0) - socket.bufferedAmount,
    close: (code, reason) => socket.close(code, reason),
    terminate: () => {
      if (!socket.onclose) return
      // Browsers cannot terminate.
      if (socket.terminate) socket.terminate()
      else socket.close()
      end({ code: NO_CLOSE_FRAME, reason: '' })
    },
  }
}

/** The part of Node's stream beneath a socket that is used here. */
interface CorkedStream {
  readonly writableCorked: number
  readonly bytesRead: number
  cork(): void
  uncork(): void
}
