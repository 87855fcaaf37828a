import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'

/** How a command of a {@link GoLikeServer} answers: its reply's data, or nothing at all. */
export type GoLikeHandler = (data: unknown, connection: GoLikeConnection) => unknown

/** What a handler may do with its connection besides answering. */
export interface GoLikeConnection {
  push(cmd: string, data: unknown): void
  /** Ends the connection without a close frame. */
  drop(): void
}

/** Makes a handler's request go unanswered. */
export const NO_ANSWER: unique symbol = Symbol('no answer')

/**
 * A plain wsrv server that behaves as the Go server was seen to: knows no `$` command, answers unknown ones with -1,
 * answers in the request's frame type, sends pushes before replies and never answers a heartbeat.
 */
export class GoLikeServer {
  /** Every frame that came, over all connections. */
  readonly frames: string[] = []
  /** The upgrade of every connection. */
  readonly requests: IncomingMessage[] = []
  readonly port: number
  readonly #server: WebSocketServer
  readonly #handlers: ReadonlyMap<string, GoLikeHandler>

  private constructor(server: WebSocketServer, handlers: Readonly<Record<string, GoLikeHandler>>) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    this.#handlers = new Map(Object.entries(handlers))
    server.on('connection', (socket, request) => {
      this.requests.push(request)
      socket.on('message', (data, isBinary) => this.#receive(socket, data, isBinary))
    })
  }

  /** Listens on loopback. */
  static async listen(handlers: Readonly<Record<string, GoLikeHandler>>, port = 0): Promise<GoLikeServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port })
    await new Promise((resolve) => server.once('listening', resolve))
    return new GoLikeServer(server, handlers)
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`
  }

  /** Breaks every connection, as a crash does, and stops listening. */
  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #receive(socket: WebSocket, raw: RawData, isBinary: boolean): Promise<void> {
    const text = raw.toString()
    this.frames.push(text)
    if (text === '') return
    const { cmd, seqno = '', data } = JSON.parse(text)
    const send = (envelope: object, binary: boolean) =>
      socket.send(binary ? Buffer.from(JSON.stringify(envelope)) : JSON.stringify(envelope))
    const handler = this.#handlers.get(cmd)
    if (!handler) {
      send({ cmd, seqno, status: -1, msg: 'not implement', data: {} }, isBinary)
      return
    }
    const answer = await handler(data, {
      push: (name, pushed) => send({ cmd: name, seqno: 'Xk3v9Zq1', status: 0, msg: 'ok', data: pushed }, false),
      drop: () => socket.terminate(),
    })
    if (answer === NO_ANSWER) return
    send({ cmd, seqno, status: 0, msg: 'ok', data: answer === undefined ? {} : answer }, isBinary)
  }
}
