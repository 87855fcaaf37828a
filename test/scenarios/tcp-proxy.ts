import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP proxy on loopback that can swallow traffic, as a tunnel or a sleeping laptop does, or cut every connection. */
export class TcpProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isSwallowing = false

  private constructor(server: Server) {
    this.#server = server
  }

  /** Listens on a free port and forwards to `targetPort`. */
  static async listen(targetPort: () => number): Promise<TcpProxy> {
    const server = createServer()
    const proxy = new TcpProxy(server)
    server.on('connection', (near) => proxy.#forward(near, connect(targetPort(), '127.0.0.1')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** From now on nothing passes in either direction and nobody is told. */
  blackhole(): void {
    this.#isSwallowing = true
  }

  /** New connections pass again; what was swallowed stays lost. */
  restore(): void {
    this.#isSwallowing = false
  }

  /** Resets every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #forward(near: Socket, far: Socket): void {
    this.#join(near, far)
    this.#join(far, near)
  }

  #join(from: Socket, to: Socket): void {
    let isDead = this.#isSwallowing
    this.#sockets.add(from)
    from.setNoDelay(true)
    from.on('data', (bytes) => {
      // A link that once lost bytes never heals: the rest of its stream would make no sense.
      isDead ||= this.#isSwallowing
      if (!isDead) to.write(bytes)
    })
    from.on('error', () => {})
    from.on('close', () => {
      this.#sockets.delete(from)
      if (!isDead && !this.#isSwallowing) to.destroy()
    })
  }
}
