import { expect } from 'vitest'
import { reply, request } from './echo-server.ts'
import { frame } from './frame.ts'
import { TcpPeer } from './tcp-peer.ts'

/** A connection that behaves: whatever others do, its calls succeed. */
export class Witness {
  readonly #peer: TcpPeer
  #calls = 0

  private constructor(peer: TcpPeer) {
    this.#peer = peer
  }

  static async open(this: void, port: number): Promise<Witness> {
    return new Witness(await TcpPeer.open(port))
  }

  /** Makes a call; fails when it is not answered. The server's pings are passed over. */
  async call(): Promise<void> {
    const seqno = `witness-${++this.#calls}`
    this.#peer.send(frame(0x81, request('echo', seqno, this.#calls)))
    let said = await this.#peer.next()
    while (said === 'ping') said = await this.#peer.next()
    expect(said).toBe(reply('echo', seqno, this.#calls))
  }

  destroy(): void {
    this.#peer.destroy()
  }
}
