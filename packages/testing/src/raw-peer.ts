import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { until } from './until.ts'

/** A WebSocket without any client of ours: frames in, frames out. */
export class RawPeer {
  readonly socket: WebSocket
  readonly #frames: RawFrame[] = []
  #closed: RawClose | undefined

  constructor(url: string, options: ClientOptions) {
    this.socket = new WebSocket(url, options)
    this.socket.on('message', (bytes: Buffer, isBinary) => this.#frames.push({ text: bytes.toString(), isBinary }))
    this.socket.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString() }
    })
    onTestFinished(() => this.socket.terminate())
  }

  /** Sends one message as it is; a Buffer goes in a binary frame. */
  send(message: string | Buffer): void {
    this.socket.send(message)
  }

  /** The next message's text. */
  async text(): Promise<string> {
    return (await this.frame()).text
  }

  /** The next message. */
  async frame(): Promise<RawFrame> {
    await until(() => this.#frames.length > 0 || this.#closed !== undefined)
    const frame = this.#frames.shift()
    if (frame === undefined) throw new Error(`no message came; closed: ${this.#closed?.code}`)
    return frame
  }

  /** Messages that came and were not asked for; waits for what is on its way. */
  async rest(): Promise<readonly string[]> {
    await this.settled()
    return this.#frames.splice(0).map(({ text }) => text)
  }

  /** How the connection was closed. */
  async closed(): Promise<RawClose> {
    await until(() => this.#closed !== undefined)
    return this.#closed as RawClose
  }

  /** Resolves when the server has read everything sent before, and what it wrote then is here. */
  async settled(): Promise<void> {
    this.socket.ping()
    await once(this.socket, 'pong')
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** One message from the server. */
export interface RawFrame {
  readonly text: string
  readonly isBinary: boolean
}

/** A close code and its reason. */
export interface RawClose {
  readonly code: number
  readonly reason: string
}

/** Connects; terminated after the test. */
export async function connectRaw(url: string, options: ClientOptions = {}): Promise<RawPeer> {
  const peer = new RawPeer(url, options)
  await once(peer.socket, 'open')
  return peer
}

/** The HTTP status with which an upgrade is refused. */
export async function statusOfRefusal(url: string, options: ClientOptions = {}): Promise<number | undefined> {
  const socket = new WebSocket(url, options)
  const [, response] = await once(socket, 'unexpected-response')
  response.resume()
  return response.statusCode
}
