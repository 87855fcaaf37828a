import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** One direction of a connection. */
interface Way {
  readonly to: Socket
  /** What has come and is still to be passed on. */
  waiting: Buffer
}

/** A TCP proxy on loopback that passes on only as many bytes as it is told to: a slow link on a fake clock. */
export class SlowProxy {
  /** Connections so far. */
  connections = 0
  readonly #server: Server
  readonly #ways: Record<'up' | 'down', Set<Way>> = { up: new Set(), down: new Set() }

  private constructor(server: Server) {
    this.#server = server
  }

  /** Listens on a free port and forwards to `targetPort`. */
  static async listen(targetPort: number): Promise<SlowProxy> {
    const server = createServer()
    const proxy = new SlowProxy(server)
    server.on('connection', (near) => {
      const far = connect(targetPort, '127.0.0.1')
      proxy.connections += 1
      proxy.#join(near, far, 'up')
      proxy.#join(far, near, 'down')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Passes on at most so many bytes in each direction of each connection, and lets both ends read them. */
  async pass(bytes: number): Promise<void> {
    for (const way of [...this.#ways.up, ...this.#ways.down]) {
      way.to.write(way.waiting.subarray(0, bytes))
      way.waiting = way.waiting.subarray(bytes)
    }
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
  }

  async close(): Promise<void> {
    for (const { to } of [...this.#ways.up, ...this.#ways.down]) to.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(from: Socket, to: Socket, direction: 'up' | 'down'): void {
    const way: Way = { to, waiting: Buffer.alloc(0) }
    this.#ways[direction].add(way)
    from.setNoDelay(true)
    from.on('data', (bytes: Buffer) => {
      way.waiting = Buffer.concat([way.waiting, bytes])
    })
    from.on('error', () => {})
    from.on('close', () => {
      this.#ways[direction].delete(way)
      to.destroy()
    })
  }
}

/** Loop turns of a millisecond each that bytes take through loopback, with plenty in hand. */
const TURNS = 4
