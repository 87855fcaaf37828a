import { frame } from '../support/frame.ts'
import { TcpPeer } from '../support/tcp-peer.ts'

/** Connections that do nothing: most answer pings, the silent ones say nothing ever again. */
export class IdleCrowd {
  readonly lively: TcpPeer[] = []
  readonly silent: TcpPeer[] = []
  readonly #port: number

  constructor(port: number) {
    this.#port = port
  }

  /** Connects `count` peers, the first of every `silentEvery` a silent one. */
  async arrive(count: number, silentEvery: number): Promise<void> {
    const arrivals = Array.from({ length: count }, (_, index) => index)
    const connectSome = async (): Promise<void> => {
      for (let index = arrivals.pop(); index !== undefined; index = arrivals.pop()) {
        const peer = await TcpPeer.open(this.#port)
        if (index % silentEvery === 0) this.silent.push(peer)
        else this.lively.push(answerPings(peer))
      }
    }
    await Promise.all(Array.from({ length: CONNECTS_AT_ONCE }, connectSome))
  }

  leave(): void {
    for (const peer of [...this.lively, ...this.silent]) peer.destroy()
  }
}

const CONNECTS_AT_ONCE = 50
const PONG = frame(0x8a)

/** An idle server sends nothing but pings. */
function answerPings(peer: TcpPeer): TcpPeer {
  peer.socket.on('data', () => peer.send(PONG))
  return peer
}
