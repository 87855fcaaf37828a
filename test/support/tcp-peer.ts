import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A TCP connection to a server's port: bytes out as they are, WebSocket frames in. Knows no WebSocket library. */
export class TcpPeer {
  readonly socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #hasEnded = false
  #wake: () => void = () => undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#wake()
    })
    // A reset is one way in which a server ends a connection.
    socket.on('error', () => undefined)
    socket.on('close', () => this.#end())
    socket.on('end', () => this.#end())
  }

  /** Connects, and sends nothing. */
  static async connect(port: number): Promise<TcpPeer> {
    const socket = connect({ port, host: '127.0.0.1' })
    const peer = new TcpPeer(socket)
    await once(socket, 'connect')
    return peer
  }

  /** Connects and shakes hands. RFC 6455 §1.3. */
  static async open(port: number): Promise<TcpPeer> {
    const peer = await TcpPeer.connect(port)
    peer.send(HANDSHAKE)
    const head = await peer.head()
    if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(`the handshake was refused: ${head}`)
    return peer
  }

  /** Whether the server has ended the connection, or this side has. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Bytes that have come and were not taken. */
  get receivedBytes(): Uint8Array {
    return this.#received
  }

  send(bytes: string | Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes)
  }

  /** The head of the server's HTTP answer, without the empty line at its end. */
  async head(): Promise<string> {
    const end = '\r\n\r\n'
    await this.#until(() => this.#received.includes(end), 'an HTTP answer')
    return this.#take(this.#received.indexOf(end) + end.length)
      .toString()
      .trimEnd()
  }

  /**
   * The next frame, in words: `text {"cmd":…}`, `binary "…"`, `pong "abc"`, `close 1002`, `close 1000 "bye"`; `end` when
   * the server has ended the connection instead.
   */
  async next(): Promise<string> {
    await this.#until(() => this.#hasEnded || this.#frameBytes() !== undefined, 'a frame')
    const bytes = this.#frameBytes()
    return bytes === undefined ? 'end' : inWords(this.#take(bytes))
  }

  /** Resolves when the server has ended the connection. */
  async ended(): Promise<void> {
    await this.#until(() => this.#hasEnded, 'the end of the connection')
  }

  destroy(): void {
    this.socket.destroy()
  }

  #end(): void {
    this.#hasEnded = true
    this.#wake()
  }

  /** Bytes of the first frame received; `undefined` until it is whole. */
  #frameBytes(): number | undefined {
    const bytes = this.#received
    if (bytes.length < 2) return undefined
    const [headerBytes, payloadBytes] = measure(bytes)
    const frameBytes = headerBytes + payloadBytes
    return bytes.length < frameBytes ? undefined : frameBytes
  }

  #take(bytes: number): Buffer {
    const taken = this.#received.subarray(0, bytes)
    this.#received = this.#received.subarray(bytes)
    return taken
  }

  async #until(isTrue: () => boolean, what: string): Promise<void> {
    if (isTrue()) return
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never came: ${what}`)), PATIENCE_MS)
      this.#wake = () => {
        if (!isTrue()) return
        clearTimeout(timer)
        this.#wake = () => undefined
        resolve()
      }
    })
  }
}

/** The client's half of RFC 6455 §1.3's handshake, key included. */
export const HANDSHAKE: string = [
  'GET / HTTP/1.1',
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n')

const PATIENCE_MS = 10_000

const OPCODES: ReadonlyMap<number, string> = new Map([
  [0x81, 'text'],
  [0x82, 'binary'],
  [0x88, 'close'],
  [0x89, 'ping'],
  [0x8a, 'pong'],
])

/** Bytes of a frame's header and of its payload; the header may lack bytes. */
function measure(bytes: Buffer): readonly [header: number, payload: number] {
  const short = bytes.readUInt8(1)
  if (short === 126) return [4, bytes.length < 4 ? 0 : bytes.readUInt16BE(2)]
  if (short === 127) return [10, bytes.length < 10 ? 0 : Number(bytes.readBigUInt64BE(2))]
  // A server's frame is not masked: §5.1. A masked one would read as a length over 127.
  return [2, short]
}

function inWords(bytes: Buffer): string {
  const name = OPCODES.get(bytes.readUInt8(0)) ?? `frame 0x${bytes.readUInt8(0).toString(16)}`
  const payload = bytes.subarray(measure(bytes)[0])
  if (name === 'text') return `text ${payload}`
  if (name !== 'close' || payload.length < 2) return `${name}${quote(payload)}`
  return `close ${payload.readUInt16BE(0)}${quote(payload.subarray(2))}`
}

function quote(payload: Buffer): string {
  return payload.length === 0 ? '' : ` "${payload}"`
}
