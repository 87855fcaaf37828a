import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

type Answer = { readonly status?: number; readonly msg?: string; readonly data?: unknown }
type Handler = (data: Readonly<Record<string, unknown>>, session: Map<string, unknown>) => Answer

/**
 * A server that knows no `$` command and that two answers at once would kill, as they kill the Go server: it answers each
 * request a moment later, and any request that comes before the last one's answer has left is its death.
 */
export class FragileServer {
  /** Why it died: what came while another request was being answered. */
  readonly deaths: string[] = []
  /** The commands of each connection, in order; heartbeats are not among them. */
  readonly conversations: string[][] = []
  readonly url: string
  readonly #server: WebSocketServer
  readonly #handlers: ReadonlyMap<string, Handler>

  private constructor(server: WebSocketServer, handlers: Readonly<Record<string, Handler>>) {
    this.#server = server
    this.#handlers = new Map(Object.entries(handlers))
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`
    server.on('connection', (socket) => this.#serve(socket))
  }

  static async listen(handlers: Readonly<Record<string, Handler>>): Promise<FragileServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await new Promise((resolve) => server.once('listening', resolve))
    return new FragileServer(server, handlers)
  }

  /** Breaks every connection, as a lost network does. */
  drop(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  async close(): Promise<void> {
    this.drop()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(socket: WebSocket): void {
    const session = new Map<string, unknown>()
    const conversation: string[] = []
    this.conversations.push(conversation)
    let answering: string | undefined
    socket.on('message', (bytes) => {
      const text = bytes.toString()
      if (text === '') return
      if (answering !== undefined) this.deaths.push(`${text} came while ${answering} was being answered`)
      const { cmd, seqno, data } = JSON.parse(text)
      conversation.push(cmd)
      answering = cmd
      const answer = this.#handlers.get(cmd)?.(data, session) ?? { status: -1, msg: 'not implement' }
      setTimeout(() => {
        answering = undefined
        const { status = 0, msg = 'ok', data: answered = {} } = answer
        socket.send(JSON.stringify({ cmd, seqno, status, msg, data: answered }))
      }, 2)
    })
  }
}
