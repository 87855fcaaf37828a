import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

/** Where a server is, and whether it takes new connections. */
interface Backend {
  readonly port: number
  isReady: boolean
}

/** A plain TCP balancer, as small as one can be: one ready server after the other, no stickiness. */
export class Balancer {
  readonly #server: Server
  readonly #backends = new Set<Backend>()
  readonly #checks: NodeJS.Timeout
  #next = 0

  private constructor(server: Server) {
    this.#server = server
    server.on('connection', (near) => this.#carry(near))
    this.#checks = setInterval(() => void this.#check(), CHECK_MS)
  }

  static async listen(): Promise<Balancer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new Balancer(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  add(port: number): void {
    this.#backends.add({ port, isReady: true })
  }

  close(): void {
    clearInterval(this.#checks)
    this.#server.close()
  }

  #carry(near: Socket, tries = this.#backends.size): void {
    const ready = [...this.#backends].filter(({ isReady }) => isReady)
    const backend = ready[this.#next++ % ready.length]
    if (backend === undefined || tries === 0) {
      near.destroy()
      return
    }
    const far = connect(backend.port, '127.0.0.1')
    const refused = (): void => {
      backend.isReady = false
      this.#carry(near, tries - 1)
    }
    far.once('error', refused).once('connect', () => {
      far.off('error', refused)
      pipeline(near, far, near, () => undefined)
    })
  }

  async #check(): Promise<void> {
    for (const backend of this.#backends) {
      const { ok } = await fetch(`http://127.0.0.1:${backend.port}/ready`).catch(() => ({ ok: false }))
      backend.isReady = ok
    }
  }
}

/** Time between two looks at a server, in ms. */
const CHECK_MS = 200
