import type { Payload } from '@wsrv/protocol'
import type { OpenSocket, SocketEvents } from './socket.ts'

/** A `WebSocket`. It cannot be read slowly, so a read delay only delivers late. */
export const openPlainSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  const delivery = new LateDelivery(events)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => events.opened()
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
    delivery.take(typeof data === 'string' ? data : new Uint8Array(data))
  socket.onclose = ({ code, reason }) => delivery.end(() => events.closed({ code, reason }))
  return {
    slowsServer: false,
    send: (payload) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(payload as string | Uint8Array<ArrayBuffer>)
    },
    close: (code, reason) => socket.close(code, reason),
    setReadDelay: (delayMs) => delivery.setDelay(delayMs),
  }
}

/** Delivers messages in order, each at least a delay after the one before. */
class LateDelivery {
  readonly #events: SocketEvents
  readonly #waiting: (() => void)[] = []
  #delayMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(events: SocketEvents) {
    this.#events = events
  }

  take(payload: Payload): void {
    this.#add(() => this.#events.received(payload))
  }

  end(closed: () => void): void {
    this.#add(closed)
  }

  setDelay(delayMs: number): void {
    this.#delayMs = delayMs
    if (delayMs > 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const deliver of this.#waiting.splice(0)) deliver()
  }

  #add(deliver: () => void): void {
    if (this.#delayMs === 0 && this.#waiting.length === 0) {
      deliver()
      return
    }
    this.#waiting.push(deliver)
    this.#timer ??= setTimeout(() => this.#next(), this.#delayMs)
  }

  #next(): void {
    this.#waiting.shift()?.()
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.#next(), this.#delayMs) : undefined
  }
}
