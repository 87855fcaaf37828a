import { connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP proxy that can swallow what passes: both ends keep an open connection, as when a router forgets it. */
export class Blackhole {
  readonly port: number
  readonly #server: Server
  readonly #sockets: Set<Socket>

  private constructor(server: Server, sockets: Set<Socket>, port: number) {
    this.#server = server
    this.#sockets = sockets
    this.port = port
  }

  static async start(target: number): Promise<Blackhole> {
    const sockets = new Set<Socket>()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const hole = new Blackhole(server, sockets, address.port)
    server.on('connection', (near) => hole.#carry(near, connect(target, '127.0.0.1')))
    return hole
  }

  /** Swallows what passes on the connections there are; new ones are carried. */
  swallow(): void {
    for (const socket of this.#sockets) socket.removeAllListeners('data').resume()
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #carry(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', () => undefined)
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
    }
  }
}
