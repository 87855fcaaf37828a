import { NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'
import { type RecordedMessage, recordMessage } from '@wsrv/protocol/recording'
import WebSocket from 'ws'

/** How a connection ended. */
export interface Closed {
  readonly code: number
  readonly reason: string
}

/** One connection of a replay: what came is kept until it is asked for. */
export class ReplayConnection {
  readonly #socket: WebSocket
  readonly #came: RecordedMessage[] = []
  #closed: Closed | undefined
  #notice = (): void => {}

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer, isBinary) => {
      this.#came.push(recordMessage({ at: 0, from: 'server' }, isBinary ? Uint8Array.from(data) : String(data)))
      this.#notice()
    })
    socket.on('close', (code, reason) => {
      this.#closed = { code, reason: String(reason) }
      this.#notice()
    })
    socket.on('error', () => {})
  }

  /** Connects; rejects when the server refuses, or is not there. */
  static open(url: string): Promise<ReplayConnection> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false })
      const connection = new ReplayConnection(socket)
      socket.once('open', () => resolve(connection)).once('error', reject)
    })
  }

  /** How it ended, if it has. */
  get closed(): Closed | undefined {
    return this.#closed
  }

  /** Messages that were not taken. */
  get left(): readonly RecordedMessage[] {
    return this.#came
  }

  send(payload: Payload): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(payload)
  }

  /** Takes the first message that fits, once it has come; `undefined` when none comes in time or the connection ends. */
  async take(fits: (message: RecordedMessage) => boolean, withinMs: number): Promise<RecordedMessage | undefined> {
    await this.#until(() => this.#closed !== undefined || this.#came.some(fits), withinMs)
    const at = this.#came.findIndex(fits)
    return at === -1 ? undefined : this.#came.splice(at, 1)[0]
  }

  /** Waits for the server to close; `undefined` when it does not in time. */
  async waitClosed(withinMs: number): Promise<Closed | undefined> {
    await this.#until(() => this.#closed !== undefined, withinMs)
    return this.#closed
  }

  /** Closes as the recorded client did. */
  close(code: number = NO_CLOSE_FRAME, reason = ''): void {
    if (code === NO_CLOSE_FRAME) this.#socket.terminate()
    else if (code === NO_STATUS) this.#socket.close()
    else this.#socket.close(code, reason)
  }

  #until(holds: () => boolean, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#notice = () => {}
        resolve()
      }
      const timer = setTimeout(end, withinMs)
      this.#notice = () => holds() && end()
      this.#notice()
    })
  }
}

/** A close frame without a code. RFC 6455 §7.4.1. */
const NO_STATUS = 1_005
