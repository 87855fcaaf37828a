import { connect, type Socket } from 'node:net'
import { frame } from '../support/frame.ts'
import { HANDSHAKE } from '../support/tcp-peer.ts'

/** How many connections there are, and how hard they work. */
export interface ChurnOptions {
  readonly port: number
  readonly connections: number
  /** Mean time that a connection lives, in ms. */
  readonly lifeMs: number
}

/**
 * A crowd of clients that come, call and go: each lives for a random time, then closes, drops or resets its connection,
 * calls in flight or not, and another takes its place.
 */
export class Churn {
  /** Calls a second of all connections together; may be changed at any time. */
  callsPerSecond: number
  connects = 0
  calls = 0
  receivedBytes = 0
  failures = 0
  readonly #options: ChurnOptions
  readonly #sockets = new Set<Socket>()
  readonly #ticker: NodeJS.Timeout
  #dueCalls = 0
  #isOver = false

  constructor(options: ChurnOptions, callsPerSecond: number) {
    this.#options = options
    this.callsPerSecond = callsPerSecond
    this.#ticker = setInterval(() => this.#tick(), TICK_MS)
  }

  /** Ends every connection. */
  stop(): void {
    this.#isOver = true
    clearInterval(this.#ticker)
    for (const socket of this.#sockets) this.#leave(socket)
  }

  #tick(): void {
    const missing = this.#options.connections - this.#sockets.size
    for (let made = 0; made < Math.min(missing, MAX_CONNECTS_PER_TICK); made += 1) this.#arrive()
    this.#dueCalls += (this.callsPerSecond * TICK_MS) / 1_000
    const sockets = [...this.#sockets]
    for (; this.#dueCalls >= 1; this.#dueCalls -= 1) this.#call(sockets[Math.floor(Math.random() * sockets.length)])
  }

  /** What comes back is only counted: the crowd must not be slower than the server. */
  #arrive(): void {
    const socket = connect({ port: this.#options.port, host: '127.0.0.1' })
    const life = setTimeout(() => this.#leave(socket), -Math.log(1 - Math.random()) * this.#options.lifeMs)
    this.#sockets.add(socket)
    socket.write(HANDSHAKE)
    socket.once('data', (head) => {
      if (head.includes('101 Switching')) this.connects += 1
      else this.failures += 1
    })
    socket.on('data', (bytes) => {
      this.receivedBytes += bytes.length
    })
    socket.on('error', () => {
      if (!this.#isOver && socket.bytesRead === 0) this.failures += 1
    })
    socket.on('close', () => {
      clearTimeout(life)
      this.#sockets.delete(socket)
    })
  }

  #call(socket: Socket | undefined): void {
    if (socket === undefined || socket.bytesRead === 0 || !socket.writable) return
    this.calls += 1
    const cmd = Math.random() < WORK_SHARE ? 'work' : 'echo'
    const data = { text: 'x'.repeat(Math.random() * 500) }
    socket.write(frame(0x81, JSON.stringify({ cmd, seqno: `s${this.calls}`, data })))
  }

  #leave(socket: Socket): void {
    const how = Math.random()
    if (how < 0.4) socket.end(frame(0x88, CLOSE_NORMAL))
    else if (how < 0.7) socket.destroy()
    else socket.resetAndDestroy()
  }
}

const TICK_MS = 10
const MAX_CONNECTS_PER_TICK = 10
const CLOSE_NORMAL = Buffer.of(0x03, 0xe8)
/** Slow calls with pushes, among the quick ones. */
const WORK_SHARE = 0.1
