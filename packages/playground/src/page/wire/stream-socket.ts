import { NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'
import { openPlainSocket } from './plain-socket.ts'
import type { OpenSocket, SocketClose, SocketEvents } from './socket.ts'

/** A `WebSocketStream`: what is not read stays with the server, as with a peer that is really slow. */
const openStreamSocket: OpenSocket = (url, events) => {
  const stream = new WebSocketStream(url)
  const pace = new ReadPace()
  let writer: WritableStreamDefaultWriter<Payload> | undefined
  const reading = stream.opened.then(({ readable, writable }) => {
    writer = writable.getWriter()
    events.opened()
    return readAll(readable, pace, events)
  })
  const closed = stream.closed.then(toClose, toClose)
  // The last messages may still be read when the close is known.
  void Promise.allSettled([reading, closed]).then(async () => events.closed(await closed))
  return {
    slowsServer: true,
    send: (payload) => void writer?.write(payload).catch(ignore),
    close: (closeCode, reason) => {
      pace.setDelay(0)
      stream.close({ closeCode, reason })
    },
    setReadDelay: (delayMs) => pace.setDelay(delayMs),
  }
}

async function readAll(
  readable: ReadableStream<string | ArrayBuffer | Uint8Array>,
  pace: ReadPace,
  events: SocketEvents,
): Promise<void> {
  const reader = readable.getReader()
  for (;;) {
    await pace.turn()
    const { done, value } = await reader.read()
    if (done) return
    events.received(value instanceof ArrayBuffer ? new Uint8Array(value) : value)
  }
}

/** Makes a reader wait before each message. */
class ReadPace {
  #delayMs = 0
  #wake: (() => void) | undefined

  setDelay(delayMs: number): void {
    this.#delayMs = delayMs
    this.#wake?.()
  }

  turn(): Promise<void> | undefined {
    if (this.#delayMs === 0) return undefined
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#delayMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function toClose(end: { readonly closeCode?: number | null; readonly reason?: string } | undefined): SocketClose {
  return { code: end?.closeCode ?? NO_CLOSE_FRAME, reason: end?.reason ?? '' }
}

function ignore(): void {
  // The close says what happened.
}

/** https://developer.mozilla.org/docs/Web/API/WebSocketStream; not in TypeScript's library yet. */
declare class WebSocketStream {
  constructor(url: string)
  readonly opened: Promise<{
    readonly readable: ReadableStream<string | ArrayBuffer | Uint8Array>
    readonly writable: WritableStream<Payload>
  }>
  readonly closed: Promise<{ readonly closeCode?: number; readonly reason?: string }>
  close(how: { readonly closeCode: number; readonly reason: string }): void
}

/** Connects with what the browser has: `WebSocketStream`, whose reader can really be slow, else `WebSocket`. */
export const openSocket: OpenSocket = (url, events) =>
  'WebSocketStream' in globalThis ? openStreamSocket(url, events) : openPlainSocket(url, events)
